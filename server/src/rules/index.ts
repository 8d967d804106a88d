import { HYGIENE_RULES } from '../engine/hygiene.ts';
import type { Rule } from '../engine/rule.ts';
import { fakeContact } from './any/fake-contact.ts';
import { hardcodedSecret } from './any/hardcoded-secret.ts';
import { hiddenCharacters } from './any/hidden-characters.ts';
import { impossibleDigest } from './any/impossible-digest.ts';
import { incompleteCardFormat } from './any/incomplete-card-format.ts';
import { partialDigests } from './any/partial-digests.ts';
import { placeholderLeftIn } from './any/placeholder-left-in.ts';
import { reviewOverdue } from './any/review-overdue.ts';
import { unknownLicense } from './any/unknown-license.ts';
import { unpinnedCardSnippet } from './any/unpinned-card-snippet.ts';
import { wrongCardValue } from './any/wrong-card-value.ts';
import { agentApprovalOff } from './code/agent-approval-off.ts';
import { agentRunsCode } from './code/agent-runs-code.ts';
import { agentToolLimitsOff } from './code/agent-tool-limits-off.ts';
import { codeFromHub } from './code/code-from-hub.ts';
import { configBuildsClasses } from './code/config-builds-classes.ts';
import { datasetPipelineRunsCode } from './code/dataset-pipeline-runs-code.ts';
import { executableModelFormat } from './code/executable-model-format.ts';
import { exposedMcpServer } from './code/exposed-mcp-server.ts';
import { floatingModelVersion } from './code/floating-model-version.ts';
import { foreignCheckpointResumed } from './code/foreign-checkpoint-resumed.ts';
import { foreignModelHub } from './code/foreign-model-hub.ts';
import { loggedPrompts } from './code/logged-prompts.ts';
import { missingTimeout } from './code/missing-timeout.ts';
import { modelOutputAsHtml } from './code/model-output-as-html.ts';
import { modelOutputExecuted } from './code/model-output-executed.ts';
import { modelSafeguardOff } from './code/model-safeguard-off.ts';
import { nativeCodeLoad } from './code/native-code-load.ts';
import { openAllowList } from './code/open-allow-list.ts';
import { openServer } from './code/open-server.ts';
import { parserGuardOff } from './code/parser-guard-off.ts';
import { pickleLoad } from './code/pickle-load.ts';
import { pickleSaved } from './code/pickle-saved.ts';
import { pickledModelLoad } from './code/pickled-model-load.ts';
import { pickledModelSave } from './code/pickled-model-save.ts';
import { pickledStateLoad } from './code/pickled-state-load.ts';
import { plainHttpDownload } from './code/plain-http-download.ts';
import { plainHttpModelEndpoint } from './code/plain-http-model-endpoint.ts';
import { poisonedToolDescription } from './code/poisoned-tool-description.ts';
import { publicAppLink } from './code/public-app-link.ts';
import { publicUpload } from './code/public-upload.ts';
import { safeLoadingDisabled } from './code/safe-loading-disabled.ts';
import { secretInLog } from './code/secret-in-log.ts';
import { serverInDebugMode } from './code/server-in-debug-mode.ts';
import { serverProtectionDisabled } from './code/server-protection-disabled.ts';
import { tlsVerificationOff } from './code/tls-verification-off.ts';
import { tokenKeptByGit } from './code/token-kept-by-git.ts';
import { toolArgumentInjection } from './code/tool-argument-injection.ts';
import { trainingRunShared } from './code/training-run-shared.ts';
import { trustedRemoteCode } from './code/trusted-remote-code.ts';
import { unboundedModelUse } from './code/unbounded-model-use.ts';
import { uncheckedCodeRun } from './code/unchecked-code-run.ts';
import { uncheckedModelOutput } from './code/unchecked-model-output.ts';
import { undelimitedContext } from './code/undelimited-context.ts';
import { unpinnedMcpLaunch } from './code/unpinned-mcp-launch.ts';
import { unpinnedRevision } from './code/unpinned-revision.ts';
import { unsafeArchiveExtraction } from './code/unsafe-archive-extraction.ts';
import { unsafeDownloadCommand } from './code/unsafe-download-command.ts';
import { unsafeModelLoad } from './code/unsafe-model-load.ts';
import { unsafeServerSwitch } from './code/unsafe-server-switch.ts';
import { unsafeYamlLoad } from './code/unsafe-yaml-load.ts';
import { untrustedPromptTemplate } from './code/untrusted-prompt-template.ts';
import { untrustedSystemPrompt } from './code/untrusted-system-prompt.ts';
import { untrustedTextExecuted } from './code/untrusted-text-executed.ts';
import { unverifiedDownload } from './code/unverified-download.ts';
import { vulnerableLibrary } from './code/vulnerable-library.ts';
import { vulnerableLoaderVersion } from './code/vulnerable-loader-version.ts';
import { agentContainerWithoutWalls } from './config/agent-container-without-walls.ts';
import { agentWorkflowOpenedUp } from './config/agent-workflow-opened-up.ts';
import { agentWorkflowWithWriteToken } from './config/agent-workflow-with-write-token.ts';
import { approvalSkippingFlag } from './config/approval-skipping-flag.ts';
import { assistantActsUnasked } from './config/assistant-acts-unasked.ts';
import { chatTemplateReachesOut } from './config/chat-template-reaches-out.ts';
import { configTargetRunsCode } from './config/config-target-runs-code.ts';
import { mcpServerInlineCode } from './config/mcp-server-inline-code.ts';
import { mcpTrustedUnseen } from './config/mcp-trusted-unseen.ts';
import { mlflowModelRunsCode } from './config/mlflow-model-runs-code.ts';
import { modelConfigNamesCode } from './config/model-config-names-code.ts';
import { modelEndpointRedirected } from './config/model-endpoint-redirected.ts';
import { modelOutputInWorkflowScript } from './config/model-output-in-workflow-script.ts';
import { plainHttpMcpServer } from './config/plain-http-mcp-server.ts';
import { poisonedMcpDescription } from './config/poisoned-mcp-description.ts';
import { publishedModelPort } from './config/published-model-port.ts';
import { secretInMcpConfig } from './config/secret-in-mcp-config.ts';
import { secretKeptInImage } from './config/secret-kept-in-image.ts';
import { settingsRunPrograms } from './config/settings-run-programs.ts';
import { unaskedPluginOperation } from './config/unasked-plugin-operation.ts';
import { unpinnedAgentAction } from './config/unpinned-agent-action.ts';
import { unpinnedMcpServer } from './config/unpinned-mcp-server.ts';
import { unsafeLoadingInConfig } from './config/unsafe-loading-in-config.ts';
import { untrustedTextInWorkflowPrompt } from './config/untrusted-text-in-workflow-prompt.ts';
import { wideAutoApproval } from './config/wide-auto-approval.ts';
import { wideMcpServerScope } from './config/wide-mcp-server-scope.ts';
import { yamlBuildsPythonObjects } from './config/yaml-builds-python-objects.ts';
import { missingAcquisitionDate } from './data-card/missing-acquisition-date.ts';
import { missingDataIntendedUse } from './data-card/missing-data-intended-use.ts';
import { missingDataLicense } from './data-card/missing-data-license.ts';
import { missingDataLimitations } from './data-card/missing-data-limitations.ts';
import { missingDataSource } from './data-card/missing-data-source.ts';
import { missingPersonalDataStatement } from './data-card/missing-personal-data-statement.ts';
import { undocumentedDataCollection } from './data-card/undocumented-data-collection.ts';
import { undocumentedDataGovernance } from './data-card/undocumented-data-governance.ts';
import { undocumentedDataMisuse } from './data-card/undocumented-data-misuse.ts';
import { undocumentedDataQuality } from './data-card/undocumented-data-quality.ts';
import { undocumentedDataStructure } from './data-card/undocumented-data-structure.ts';
import { unidentifiedData } from './data-card/unidentified-data.ts';
import { failureWithoutMitigation } from './model-card/failure-without-mitigation.ts';
import { incompleteModelIndex } from './model-card/incomplete-model-index.ts';
import { missingFailureModes } from './model-card/missing-failure-modes.ts';
import { missingGuardrails } from './model-card/missing-guardrails.ts';
import { missingIntendedUse } from './model-card/missing-intended-use.ts';
import { missingLimitations } from './model-card/missing-limitations.ts';
import { missingModelLicense } from './model-card/missing-model-license.ts';
import { missingTrainingData } from './model-card/missing-training-data.ts';
import { undocumentedModelDesign } from './model-card/undocumented-model-design.ts';
import { undocumentedModelEvaluation } from './model-card/undocumented-model-evaluation.ts';
import { undocumentedModelGovernance } from './model-card/undocumented-model-governance.ts';
import { undocumentedModelLineage } from './model-card/undocumented-model-lineage.ts';
import { undocumentedModelMisuse } from './model-card/undocumented-model-misuse.ts';
import { undocumentedModelTraining } from './model-card/undocumented-model-training.ts';
import { unidentifiedModel } from './model-card/unidentified-model.ts';
import { activeNotebookOutput } from './notebook/active-notebook-output.ts';
import { unpinnedNotebookInstall } from './notebook/unpinned-notebook-install.ts';
import { agentSkipsApproval } from './prompt/agent-skips-approval.ts';
import { agentWithoutToolList } from './prompt/agent-without-tool-list.ts';
import { argumentsInShell } from './prompt/arguments-in-shell.ts';
import { changesOwnPermissions } from './prompt/changes-own-permissions.ts';
import { confirmationRemoved } from './prompt/confirmation-removed.ts';
import { covertInstruction } from './prompt/covert-instruction.ts';
import { dataInImageAddress } from './prompt/data-in-image-address.ts';
import { downloadPipedToShell } from './prompt/download-piped-to-shell.ts';
import { hiddenInstruction } from './prompt/hidden-instruction.ts';
import { instructionsFromMovingSource } from './prompt/instructions-from-moving-source.ts';
import { missingPromptPurpose } from './prompt/missing-prompt-purpose.ts';
import { personalDataInPrompt } from './prompt/personal-data-in-prompt.ts';
import { promptLoadsOutsideFile } from './prompt/prompt-loads-outside-file.ts';
import { secretInPromptFile } from './prompt/secret-in-prompt-file.ts';
import { secretsReadAndSent } from './prompt/secrets-read-and-sent.ts';
import { undelimitedPromptInput } from './prompt/undelimited-prompt-input.ts';
import { undocumentedPrompt } from './prompt/undocumented-prompt.ts';
import { unrecordedPromptChange } from './prompt/unrecorded-prompt-change.ts';
import { unrestrictedAgentTools } from './prompt/unrestricted-agent-tools.ts';
import { unsafePromptTemplate } from './prompt/unsafe-prompt-template.ts';
import { userInputInSystemPrompt } from './prompt/user-input-in-system-prompt.ts';
import { baseModelsDisagree } from './system/base-models-disagree.ts';
import { datasetsDisagree } from './system/datasets-disagree.ts';
import { digestMismatch } from './system/digest-mismatch.ts';
import { digestsDisagree } from './system/digests-disagree.ts';
import { fileListMismatch } from './system/file-list-mismatch.ts';
import { licensesDisagree } from './system/licenses-disagree.ts';
import { mcpServerNamedTwice } from './system/mcp-server-named-twice.ts';
import { trainedFromOtherModel } from './system/trained-from-other-model.ts';
import { undocumentedDataset } from './system/undocumented-dataset.ts';
import { weightsWithoutCard } from './system/weights-without-card.ts';

/** All rules, in the order of their ids. */
export const rules: readonly Rule[] = [
  missingModelLicense,
  missingIntendedUse,
  missingLimitations,
  missingTrainingData,
  missingGuardrails,
  undocumentedModelGovernance,
  missingFailureModes,
  unidentifiedModel,
  undocumentedModelLineage,
  undocumentedModelDesign,
  undocumentedModelTraining,
  undocumentedModelEvaluation,
  undocumentedModelMisuse,
  incompleteModelIndex,
  failureWithoutMitigation,
  missingDataLicense,
  missingDataSource,
  missingAcquisitionDate,
  missingPersonalDataStatement,
  missingDataLimitations,
  undocumentedDataGovernance,
  missingDataIntendedUse,
  unidentifiedData,
  undocumentedDataCollection,
  undocumentedDataQuality,
  undocumentedDataStructure,
  undocumentedDataMisuse,
  unsafeModelLoad,
  pickleLoad,
  trustedRemoteCode,
  modelOutputExecuted,
  unsafeYamlLoad,
  safeLoadingDisabled,
  openAllowList,
  nativeCodeLoad,
  executableModelFormat,
  pickledModelLoad,
  pickledStateLoad,
  configBuildsClasses,
  vulnerableLoaderVersion,
  pickledModelSave,
  codeFromHub,
  untrustedTextExecuted,
  datasetPipelineRunsCode,
  unpinnedRevision,
  unverifiedDownload,
  unsafeArchiveExtraction,
  plainHttpDownload,
  tlsVerificationOff,
  missingTimeout,
  unsafeDownloadCommand,
  parserGuardOff,
  foreignModelHub,
  publicUpload,
  vulnerableLibrary,
  untrustedSystemPrompt,
  untrustedPromptTemplate,
  undelimitedContext,
  modelSafeguardOff,
  floatingModelVersion,
  unpinnedMcpLaunch,
  uncheckedModelOutput,
  poisonedToolDescription,
  modelOutputAsHtml,
  loggedPrompts,
  agentRunsCode,
  agentToolLimitsOff,
  agentApprovalOff,
  unboundedModelUse,
  toolArgumentInjection,
  exposedMcpServer,
  secretInLog,
  plainHttpModelEndpoint,
  tokenKeptByGit,
  publicAppLink,
  openServer,
  serverProtectionDisabled,
  serverInDebugMode,
  unsafeServerSwitch,
  trainingRunShared,
  pickleSaved,
  foreignCheckpointResumed,
  unpinnedNotebookInstall,
  uncheckedCodeRun,
  activeNotebookOutput,
  missingPromptPurpose,
  downloadPipedToShell,
  unrestrictedAgentTools,
  userInputInSystemPrompt,
  unsafePromptTemplate,
  promptLoadsOutsideFile,
  secretInPromptFile,
  agentSkipsApproval,
  argumentsInShell,
  confirmationRemoved,
  instructionsFromMovingSource,
  dataInImageAddress,
  hiddenInstruction,
  secretsReadAndSent,
  changesOwnPermissions,
  personalDataInPrompt,
  undocumentedPrompt,
  agentWithoutToolList,
  covertInstruction,
  unrecordedPromptChange,
  undelimitedPromptInput,
  unpinnedMcpServer,
  secretInMcpConfig,
  plainHttpMcpServer,
  assistantActsUnasked,
  wideAutoApproval,
  mcpTrustedUnseen,
  modelEndpointRedirected,
  settingsRunPrograms,
  mcpServerInlineCode,
  wideMcpServerScope,
  poisonedMcpDescription,
  approvalSkippingFlag,
  untrustedTextInWorkflowPrompt,
  agentWorkflowOpenedUp,
  agentWorkflowWithWriteToken,
  modelOutputInWorkflowScript,
  unpinnedAgentAction,
  modelConfigNamesCode,
  chatTemplateReachesOut,
  configTargetRunsCode,
  yamlBuildsPythonObjects,
  unsafeLoadingInConfig,
  mlflowModelRunsCode,
  secretKeptInImage,
  publishedModelPort,
  agentContainerWithoutWalls,
  unaskedPluginOperation,
  digestMismatch,
  mcpServerNamedTwice,
  digestsDisagree,
  licensesDisagree,
  baseModelsDisagree,
  trainedFromOtherModel,
  undocumentedDataset,
  weightsWithoutCard,
  fileListMismatch,
  datasetsDisagree,
  hardcodedSecret,
  hiddenCharacters,
  placeholderLeftIn,
  unknownLicense,
  impossibleDigest,
  reviewOverdue,
  wrongCardValue,
  unpinnedCardSnippet,
  fakeContact,
  partialDigests,
  incompleteCardFormat,
  ...HYGIENE_RULES,
];
