export { charterPorts, findCharterViolations, findDockerfileViolations } from './charter';
export { type ComposeFile, readComposeFile, variablesOf } from './compose-file';
