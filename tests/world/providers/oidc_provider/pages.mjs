// SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
// SPDX-License-Identifier: Apache-2.0
//
// What a person sees of the provider: a page that asks who they are, and one that asks whether they agree.

const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const text = (value = '') => String(value).replace(/[&<>"]/g, (character) => escapes[character]);

const page = (title, content) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${text(title)}</title>
<h1>${text(title)}</h1>
<form method="post">${content}</form>
</html>`;

const signInPage = (hint, complaint = '') => page('Sign in', `
<p role="alert">${text(complaint)}</p>
<label>E-mail address <input type="email" name="login" value="${text(hint)}"></label>
<label>Password <input type="password" name="password"></label>
<button name="step" value="login">Sign in</button>`);

const consentPage = (client) => page(`Let ${client.clientName} sign you in?`, `
<button name="step" value="consent">Continue</button>
<button name="step" value="refuse">Cancel</button>`);

async function formOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return new URLSearchParams(Buffer.concat(parts).toString());
}

async function agreed(provider, { grantId, params, prompt, session }) {
  const known = grantId && await provider.Grant.find(grantId);
  const grant = known || new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  if (prompt.details.missingOIDCScope) grant.addOIDCScope(prompt.details.missingOIDCScope.join(' '));
  if (prompt.details.missingOIDCClaims) grant.addOIDCClaims(prompt.details.missingOIDCClaims);
  return { consent: grantId ? {} : { grantId: await grant.save() } };
}

// Koa middleware that answers below /interaction/ and leaves the rest to the provider.
export function pages(provider, people) {
  async function show(context, interaction, complaint) {
    const { params, prompt } = interaction;
    context.type = 'html';
    context.body = prompt.name === 'login'
      ? signInPage(params.login_hint, complaint)
      : consentPage(await provider.Client.find(params.client_id));
  }

  async function take(context, interaction) {
    const form = await formOf(context.req);
    const person = people.get((form.get('login') ?? '').trim().toLowerCase());
    let result;
    if (form.get('step') === 'refuse') {
      result = { error: 'access_denied', error_description: 'The person cancelled.' };
    } else if (interaction.prompt.name === 'consent') {
      result = await agreed(provider, interaction);
    } else if (person && form.get('password') === person.password) {
      result = { login: { accountId: person.subject } };
    } else {
      await show(context, interaction, 'The address or the password does not fit.');
      return;
    }
    await provider.interactionFinished(context.req, context.res, result, { mergeWithLastSubmission: true });
    context.respond = false;
  }

  return async (context, next) => {
    if (!context.path.startsWith('/interaction/')) return next();
    const interaction = await provider.interactionDetails(context.req, context.res);
    return context.method === 'POST' ? take(context, interaction) : show(context, interaction);
  };
}
