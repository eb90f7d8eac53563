// SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
// SPDX-License-Identifier: Apache-2.0
//
// A strict OpenID provider: PKCE is required, refresh tokens rotate, and one used twice revokes its family.
// Writes its address as one line to the file descriptor --announce once it answers.

import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';

import Provider from 'oidc-provider';

import { pages } from './pages.mjs';

const { values: options } = parseArgs({
  options: {
    announce: { type: 'string', default: '1' },
    port: { type: 'string', default: '0' },
    user: { type: 'string' },
    name: { type: 'string' },
    password: { type: 'string' },
    'access-seconds': { type: 'string', default: '600' },
    'refresh-seconds': { type: 'string', default: '86400' },
    'device-seconds': { type: 'string', default: '600' },
    'web-redirect': { type: 'string' }, // a web application's client "connect-center" with its way back
    'web-secret': { type: 'string' },
  },
});

const people = new Map([[options.user.toLowerCase(), { ...options, subject: 'person-1' }]]);

function signingKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomBytes(6).toString('hex'), alg: 'RS256', use: 'sig' };
}

function findAccount(context, subject) {
  const person = [...people.values()].find((each) => each.subject === subject);
  return person && {
    accountId: subject,
    claims: () => ({ sub: subject, email: person.user, email_verified: true, name: person.name }),
  };
}

const configuration = {
  clients: [{
    client_id: 'connection-client',
    client_name: 'CONNECTION Client',
    application_type: 'native', // loopback redirects on any port (RFC 8252, section 7.3)
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
    response_types: ['code'],
    redirect_uris: ['http://127.0.0.1/callback'],
  },
  ...(options['web-redirect'] ? [{
    client_id: 'connect-center',
    client_secret: options['web-secret'],
    client_name: 'CONNECT Center',
    redirect_uris: [options['web-redirect']],
  }] : [])],
  claims: { email: ['email', 'email_verified'], profile: ['name'] },
  conformIdTokenClaims: false, // the address and the name stand in the ID token too
  cookies: { keys: [randomBytes(24).toString('base64url')] },
  features: {
    devInteractions: { enabled: false },
    deviceFlow: { enabled: true },
    revocation: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
  findAccount,
  interactions: { url: (context, interaction) => `/interaction/${interaction.uid}` },
  jwks: { keys: [signingKey()] },
  pkce: { methods: ['S256'], required: () => true },
  rotateRefreshToken: true,
  scopes: ['openid', 'offline_access', 'email', 'profile'],
  ttl: {
    AccessToken: Number(options['access-seconds']),
    AuthorizationCode: 60,
    DeviceCode: Number(options['device-seconds']),
    Grant: 86400,
    IdToken: 300,
    Interaction: 600,
    RefreshToken: Number(options['refresh-seconds']),
    Session: 86400,
  },
};

const server = createServer();
server.listen(Number(options.port), '127.0.0.1');
await once(server, 'listening');
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, configuration);
for (const event of ['server_error', 'grant.error', 'authorization.error', 'revocation.error']) {
  provider.on(event, (context, error) => {
    console.error(event, error.error ?? error, error.error_description ?? '', error.error_detail ?? '');
  });
}
provider.use(pages(provider, people));
server.on('request', provider.callback());
writeSync(Number(options.announce), `${issuer}\n`);
