/**
 * What commands load when they come to it, in one piece. Nx translates a plugin's sources only while it loads a generator or an
 * executor, so a workspace that runs this plugin from source has to load all of it then; what is published never loads this file.
 */
import '../context-hub/index-file';
import '../io/models/command/command';
import '../io/models/openai/openai';
import '../io/models/record-replies';
import '../io/models/replay';
import '../io/scratch-trees';
import '../io/target-runner';
import '../io/test-runner';
import '../model/wave-plan';
import '../model/wave-report';
import '../model/wave-state';
import '../orchestrator/answer-tasks';
import '../orchestrator/order-by-model';
import '../orchestrator/preview-prompts';
import '../orchestrator/prove-wave';
import '../orchestrator/refine-by-model';
import './wave/apply-wave';
import './wave/follow-ups';
import './wave/judge-applied';
import './wave/undo-wave';
