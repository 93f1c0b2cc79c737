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
/** The modals that were opened in this tab, by the id of the first of their stack. They outlive a reload, and no other tab shows them. */
export function ownModals(): Set<string> {
  return new Set((sessionStorage.getItem(WINDOWS_KEY) ?? '').split(' ').filter(Boolean));
}
export function rememberModal(id: string) {
  sessionStorage.setItem(WINDOWS_KEY, [...ownModals(), id].slice(-20).join(' '));
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
