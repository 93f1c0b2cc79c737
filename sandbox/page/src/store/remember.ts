import type { ClientView } from '../../../client-protocol';
import type { Place, Theme } from './state';

/** What outlives a reload: the address holds who and where (so two tabs can be two people), the browser the theme. */
const THEME_KEY = 'warmline.theme';

export function startTheme(): Theme {
  const kept = localStorage.getItem(THEME_KEY);
  if (kept === 'light' || kept === 'dark') return kept;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
export const rememberTheme = (theme: Theme) => localStorage.setItem(THEME_KEY, theme);

const WINDOWS_KEY = 'warmline.modals';
const MOST_WINDOWS = 20;
/**
 * The stack of modals as this tab shows it: one that someone opened in another tab stays there. A tab knows its own by
 * the first of the stack, also after a reload. `isLive`: it has opened just now.
 */
export function modalsOfThisTab(modals: ClientView[], isLive: boolean): ClientView[] {
  const own = (sessionStorage.getItem(WINDOWS_KEY) ?? '').split(' ').filter(Boolean);
  const [first] = modals;
  if (!first || own.includes(first.id)) return modals;
  if (!isLive || !document.hasFocus()) return [];
  sessionStorage.setItem(WINDOWS_KEY, [...own, first.id].slice(-MOST_WINDOWS).join(' '));
  return modals;
}

/** Reads `#/U123/C123` or `#/U123/app/home`. */
export function readAddress(): { user: string | null; place: Place | null } {
  const [, user = '', place = '', tab = ''] = location.hash.split('/');
  if (place === 'app' && (tab === 'home' || tab === 'messages' || tab === 'about')) {
    return { user: user || null, place: { kind: 'app', tab } };
  }
  return { user: user || null, place: place && place !== 'app' ? { kind: 'channel', id: place } : null };
}
export function writeAddress(user: string, place: Place | null) {
  const where = place ? (place.kind === 'channel' ? `/${place.id}` : `/app/${place.tab}`) : '';
  history.replaceState(null, '', `#/${user}${where}`);
}
