// SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
// SPDX-License-Identifier: Apache-2.0
// Shows how far an import is, and its result when it has come to the end.
"use strict";
(() => {
  const panel = document.querySelector("[data-progress]");
  const bar = panel.querySelector("progress");
  const shown = panel.querySelector("[data-done]");
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const ask = async () => {
    try {
      const answer = await fetch(panel.dataset.progress, { credentials: "same-origin" });
      if (answer.redirected || !answer.ok) throw new Error(String(answer.status));
      const state = await answer.json();
      bar.value = state.done;
      shown.textContent = numbers.format(state.done);
      if (state.finished) { location.reload(); return; }
    } catch {
      // The Center is started again, or the network is away: the import waits in the database.
    }
    setTimeout(ask, 1000);
  };
  setTimeout(ask, 500);
})();
