import { lookup as resolve } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import ipaddr from 'ipaddr.js';

/** A forbidden address: on a private network, or not https. */
export class ForbiddenAddress extends Error {
  constructor(readonly why: 'private' | 'insecure') {
    super(why);
  }
}

/** Whether an address is public: not private, loopback, link-local, shared or reserved. */
export const isPublic = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';

/** Resolves a name to addresses, all of them public: the connection goes to the address that was checked. */
const publicOnly: LookupFunction = (name, options, give) => {
  resolve(name, { ...options, all: true }, (error, found) => {
    const [first] = found ?? [];
    if (error || !first) return give(error ?? new Error('no address'), '');
    if (!found.every(({ address }) => isPublic(address))) return give(new ForbiddenAddress('private'), '');
    if (options.all) give(null, found);
    else give(null, first.address, first.family);
  });
};

/** Why an address itself is forbidden; a name may still lead to a private network. */
export function forbiddenWhy({ protocol, hostname }: URL, allowPrivate: boolean): ForbiddenAddress['why'] | null {
  if (allowPrivate) return null;
  if (protocol !== 'https:') return 'insecure';
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) && !isPublic(host) ? 'private' : null;
}

/**
 * Starts a request on a new connection that is not reused. Unless `allowPrivate`, only https and only public addresses:
 * throws ForbiddenAddress, or the request fails with it. A server that wants to switch protocols has answered, too: Node
 * would close the connection without an answer or an error.
 */
export function requestTo(
  url: URL,
  options: https.RequestOptions,
  allowPrivate: boolean,
  onResponse: (response: http.IncomingMessage) => void,
): http.ClientRequest {
  const why = forbiddenWhy(url, allowPrivate);
  if (why) throw new ForbiddenAddress(why);
  const { request } = url.protocol === 'https:' ? https : http;
  const sent = request(url, { ...options, agent: false, ...(allowPrivate ? {} : { lookup: publicOnly }) }, onResponse);
  sent.once('upgrade', (response: http.IncomingMessage, socket: Duplex) => {
    socket.destroy();
    onResponse(response);
  });
  return sent;
}
