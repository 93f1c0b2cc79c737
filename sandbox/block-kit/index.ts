/** Validates Block Kit, views, messages and manifests like Slack. Knows nothing about workspaces. */
export { type AppManifest, parseManifest } from './manifest';
export { BLOCKS_TEXT_MAX, MESSAGE_TEXT_MAX, METADATA_MAX, UPDATE_TEXT_MAX, validateMessage } from './message';
export { VIEW_BYTES_MAX, validateView } from './view';
export { inputElements, withBlockIds } from './walk';
