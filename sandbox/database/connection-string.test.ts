import { databaseOf, withDatabase, withoutCredentials } from './connection-string';

test.each([
  ['mongodb://localhost', 'mongodb://localhost/x'],
  ['mongodb://localhost:27017/', 'mongodb://localhost:27017/x'],
  ['mongodb://a:1,b:2/old?replicaSet=rs', 'mongodb://a:1,b:2/x?replicaSet=rs'],
  ['mongodb+srv://host?w=majority', 'mongodb+srv://host/x?w=majority'],
  ['mongodb://me:pw@host/users', 'mongodb://me:pw@host/x?authSource=users'],
  ['mongodb://me:pw@host/old?authSource=admin', 'mongodb://me:pw@host/x?authSource=admin'],
])('%s with another database is %s', (uri, expected) => {
  expect(withDatabase(uri, 'x')).toBe(expected);
});

test('returns the database name, if any', () => {
  expect(databaseOf('mongodb://a:1,b:2/warmline?w=1')).toBe('warmline');
  expect(databaseOf('mongodb://a:1')).toBe('');
});

test('shows no password, neither in a line nor in an error', () => {
  expect(withoutCredentials('mongodb://me:pw@host/x')).toBe('mongodb://host/x');
  expect(() => databaseOf('http://me:pw@host')).toThrow('"http://host" is not a MongoDB connection string');
});
