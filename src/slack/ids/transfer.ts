/** In the form: asks the Resolution Specialists on shift to take the caller. */
export const TRANSFER_PING = 'transfer_ping';
/** In the leadership channel: takes the caller; its value is the transfer's id. */
export const TRANSFER_CLAIM = 'transfer_claim';
