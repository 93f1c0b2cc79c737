import { adminTab } from './admin';
import { deskTab } from './desk';
import { figuresTab } from './figures';
import { filedTab } from './filed';
import type { Tab } from './tab';

/** The pages of Home, in the order of their buttons. */
export const TABS: readonly Tab[] = [deskTab, filedTab, figuresTab, adminTab];
