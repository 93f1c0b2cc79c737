/** Opens the window of someone's preferences. */
export const PREFERENCES_OPEN = 'preferences_open';
/** In that window: back to the default. */
export const PREFERENCES_RESET = 'preferences_reset';
export const PREFERENCES_CALLBACK = 'preferences';
