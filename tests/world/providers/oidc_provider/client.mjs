// SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
// SPDX-License-Identifier: Apache-2.0
//
// An independent client, by the library openid-client: signs in at ISSUER, renews, revokes, leaves.
// Writes {"open": ADDRESS} and, without --device, waits for the address at which the browser came back as
// one line on its standard input. Its last line says what it saw.

import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';

import * as openid from 'openid-client';

const { values: options, positionals: [issuer] } = parseArgs({
  allowPositionals: true,
  options: {
    client: { type: 'string', default: 'connection-client' },
    device: { type: 'boolean', default: false },
    prompt: { type: 'string' },
    redirect: { type: 'string', default: 'http://127.0.0.1:45555/callback' },
    secret: { type: 'string' },
    scope: { type: 'string', default: 'openid profile email offline_access' },
  },
});

const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

async function signInHere(provider) {
  const verifier = openid.randomPKCECodeVerifier();
  const state = openid.randomState();
  const nonce = openid.randomNonce();
  say({
    open: openid.buildAuthorizationUrl(provider, {
      redirect_uri: options.redirect,
      scope: options.scope,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      ...(options.prompt && { prompt: options.prompt }),
    }),
  });
  const lines = createInterface({ input: process.stdin });
  const address = await lines.question('');
  lines.close();
  return openid.authorizationCodeGrant(provider, new URL(address), {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  });
}

async function signInElsewhere(provider) {
  const answer = await openid.initiateDeviceAuthorization(provider, { scope: options.scope });
  say({ open: answer.verification_uri_complete ?? answer.verification_uri, code: answer.user_code });
  return openid.pollDeviceAuthorizationGrant(provider, answer);
}

async function refusal(attempt) {
  try {
    await attempt();
    return '';
  } catch (error) {
    return error.error ?? error.message;
  }
}

const proof = options.secret ? openid.ClientSecretBasic(options.secret) : openid.None();
const provider = await openid.discovery(new URL(issuer), options.client, undefined, proof, {
  execute: [openid.allowInsecureRequests], // loopback only
});
const tokens = options.device ? await signInElsewhere(provider) : await signInHere(provider);
const { sub: subject } = tokens.claims();
const person = await openid.fetchUserInfo(provider, tokens.access_token, subject);
const renewed = await openid.refreshTokenGrant(provider, tokens.refresh_token);
await openid.tokenRevocation(provider, renewed.refresh_token);
say({
  issuer: provider.serverMetadata().issuer,
  subject,
  email: person.email,
  lifetime: tokens.expires_in,
  rotated: renewed.refresh_token !== tokens.refresh_token,
  afterRevocation: await refusal(() => openid.refreshTokenGrant(provider, renewed.refresh_token)),
  endSession: Boolean(provider.serverMetadata().end_session_endpoint),
});
