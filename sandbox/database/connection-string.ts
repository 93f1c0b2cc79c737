const PARTS = /^(mongodb(?:\+srv)?:\/\/)([^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/;

/**
 * The same server with another database. The string's own database name becomes `authSource` if it contains a user,
 * because the user is defined there.
 * @throws if `uri` is not a MongoDB connection string.
 */
export function withDatabase(uri: string, name: string): string {
  const { scheme, hosts, database, options } = parts(uri);
  if (hosts.includes('@') && !options.has('authSource')) options.set('authSource', database || 'admin');
  const query = options.toString();
  return `${scheme}${hosts}/${name}${query && `?${query}`}`;
}

/** The database in the connection string, or ''. */
export const databaseOf = (uri: string): string => parts(uri).database;

/** The connection string without user and password, to show. */
export const withoutCredentials = (uri: string): string => uri.replace(/\/\/[^/?]*@/, '//');

function parts(uri: string) {
  const [, scheme, hosts, database = '', options = ''] = PARTS.exec(uri) ?? [];
  if (!scheme || !hosts) {
    throw new Error(
      `"${withoutCredentials(uri)}" is not a MongoDB connection string. Set MONGODB_URI to one like mongodb://host:27017/warmline, or unset it.`,
    );
  }
  return { scheme, hosts, database, options: new URLSearchParams(options) };
}
