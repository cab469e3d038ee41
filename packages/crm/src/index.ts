export { charterPorts, findCharterViolations } from './charter';
export { type ComposeFile, readComposeFile, variablesOf } from './compose-file';
