import { HYGIENE_RULES } from '../engine/hygiene.ts';
import type { Rule } from '../engine/rule.ts';
import { hardcodedSecret } from './any/hardcoded-secret.ts';
import { hiddenCharacters } from './any/hidden-characters.ts';
import { impossibleDigest } from './any/impossible-digest.ts';
import { placeholderLeftIn } from './any/placeholder-left-in.ts';
import { reviewOverdue } from './any/review-overdue.ts';
import { unknownLicense } from './any/unknown-license.ts';
import { modelOutputExecuted } from './code/model-output-executed.ts';
import { pickleLoad } from './code/pickle-load.ts';
import { trustedRemoteCode } from './code/trusted-remote-code.ts';
import { unsafeModelLoad } from './code/unsafe-model-load.ts';
import { unsafeYamlLoad } from './code/unsafe-yaml-load.ts';
import { assistantActsUnasked } from './config/assistant-acts-unasked.ts';
import { mcpTrustedUnseen } from './config/mcp-trusted-unseen.ts';
import { modelEndpointRedirected } from './config/model-endpoint-redirected.ts';
import { plainHttpMcpServer } from './config/plain-http-mcp-server.ts';
import { secretInMcpConfig } from './config/secret-in-mcp-config.ts';
import { settingsRunPrograms } from './config/settings-run-programs.ts';
import { unpinnedMcpServer } from './config/unpinned-mcp-server.ts';
import { wideAutoApproval } from './config/wide-auto-approval.ts';
import { missingAcquisitionDate } from './data-card/missing-acquisition-date.ts';
import { missingDataLicense } from './data-card/missing-data-license.ts';
import { missingDataLimitations } from './data-card/missing-data-limitations.ts';
import { missingDataSource } from './data-card/missing-data-source.ts';
import { missingPersonalDataStatement } from './data-card/missing-personal-data-statement.ts';
import { undocumentedDataGovernance } from './data-card/undocumented-data-governance.ts';
import { missingFailureModes } from './model-card/missing-failure-modes.ts';
import { missingGuardrails } from './model-card/missing-guardrails.ts';
import { missingIntendedUse } from './model-card/missing-intended-use.ts';
import { missingLimitations } from './model-card/missing-limitations.ts';
import { missingModelLicense } from './model-card/missing-model-license.ts';
import { missingTrainingData } from './model-card/missing-training-data.ts';
import { undocumentedModelGovernance } from './model-card/undocumented-model-governance.ts';
import { downloadPipedToShell } from './prompt/download-piped-to-shell.ts';
import { missingPromptPurpose } from './prompt/missing-prompt-purpose.ts';
import { unrestrictedAgentTools } from './prompt/unrestricted-agent-tools.ts';
import { digestMismatch } from './system/digest-mismatch.ts';

/** All rules, in the order of their ids. */
export const rules: readonly Rule[] = [
  missingModelLicense,
  missingIntendedUse,
  missingLimitations,
  missingTrainingData,
  missingGuardrails,
  undocumentedModelGovernance,
  missingFailureModes,
  missingDataLicense,
  missingDataSource,
  missingAcquisitionDate,
  missingPersonalDataStatement,
  missingDataLimitations,
  undocumentedDataGovernance,
  unsafeModelLoad,
  pickleLoad,
  trustedRemoteCode,
  modelOutputExecuted,
  unsafeYamlLoad,
  missingPromptPurpose,
  downloadPipedToShell,
  unrestrictedAgentTools,
  unpinnedMcpServer,
  secretInMcpConfig,
  plainHttpMcpServer,
  assistantActsUnasked,
  wideAutoApproval,
  mcpTrustedUnseen,
  modelEndpointRedirected,
  settingsRunPrograms,
  digestMismatch,
  hardcodedSecret,
  hiddenCharacters,
  placeholderLeftIn,
  unknownLicense,
  impossibleDigest,
  reviewOverdue,
  ...HYGIENE_RULES,
];
