import { defineRule } from '../../engine/rule.ts';

// Looked for from the `@`: from its first letter, every word would be tried.
const MAIL =
  /@(?<=(?<![\w.+/:@-])([A-Za-z][\w.+-]{1,63})@)[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,10}(?![\w@/:-]|\.\w)/g;
const NOBODY =
  /^(?:(?:your|my|some|first|last|user|users|name|email|e-mail|mail|someone|person|someperson|alice|bob|eve|charlie|john|jane|jdoe|doe|foo|bar|test|tester|demo|example|sample|username|customer|client|member|employee|author|me|you|abc|xyz|git|bot|dependabot|copilot|claude)[\w.+-]*|[\w.+-]*(?:security|support|oss|opensource|opencode|info|admin|contact|hello|help|noreply|no-reply|no_reply|sales|team|office|press|legal|privacy|abuse|webmaster|postmaster|root|conduct|feedback|service|dev|devs|bugs|billing|alerts|notifications|account|serviceaccount)[\w.+-]*)@|@(?:[\w-]+\.)*(?:example|test|invalid|localhost|acme|contoso|fabrikam|domain|company|yourcompany|mycompany|corp|email|mail|users\.noreply|iam\.gserviceaccount|northwind|adventure-works|target|attacker|victim|evil)\b|@(?:\w+\.)?\w*example\w*\.|\.(?:png|jpe?g|gif|svg|webp|ico|example|test|invalid|local|js|ts|py|md|json|css)$|@(?:OData|Common|Community|Core|UI|Org)\./i;
/** `given.family@…`, or a mailbox at a provider for people; what a mailbox of one word is cannot be told. */
const PERSON =
  /^(?!.*\.(?:com|org|net)@)[A-Za-z]{2,}[._][A-Za-z]{2,}\d{0,4}@|@(?:gmail|googlemail|outlook|hotmail|live|yahoo|icloud|me|proton|protonmail|gmx|web|aol|yandex|qq|163|126)\.\w/i;
const HOME =
  /(?:(?<![\w.~/])\/home\/|(?<![\w.~/])\/Users\/|\b[A-Z]:\\{1,2}Users\\{1,2})([A-Za-z][\w.-]{1,40})(?=[/\\])/g;
const ANYBODY =
  /^(?:user|users|usr|username|user_?name|your\w*|you|me|my\w*|name|someone|agent|runner|project|shared|public|default|dev|developer|vscode|node|ubuntu|debian|app|appuser|ec2-user|azureuser|codespace|jovyan|gitpod|circleci|admin|administrator|root|test|example|alice|bob|john|jane|jdoe|johndoe|foo|x+|home|oai|sandbox|container|workspace|build|ci|git|linuxbrew|pi|claude|copilot|student|coder|worker|service|guest|hacker|kali|docker|builder)$/i;
const INTERNAL =
  /\bhttps?:\/\/[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:internal|corp|intra|intranet|lan)(?![\w.-])|(?<![\w.])(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}(?::\d{2,5})(?![\w.])/g;

/** Names that mean the same everywhere, and the addresses that handbooks use. */
const NO_HOST =
  /example|your|internal\.(?:internal|corp)|docker\.internal|metadata\.google\.internal|^(?:192\.168\.[01]|10\.0\.0|10\.1\.1|172\.1[67]\.0)\./;

export const personalDataInPrompt = defineRule({
  meta: {
    id: 'GL416',
    name: 'personal-data-in-prompt',
    title: 'Personal address, home folder or internal host in a prompt',
    kinds: ['prompt'],
    severity: 'info',
    confidence: 'medium',
    fix: 'none',
    guidelines: [
      'ncsc-cisa-2023:ncsc-1.3.2',
      'etsi-en-304-223:5.2.1-4',
      'owasp-llm-2025:LLM02',
      'cwe:CWE-359',
      'cwe:CWE-200',
    ],
    why: 'The prompt goes to the model’s provider with each request and can be drawn out of the model by its users. A name, a home folder or an internal address in it goes along.',
    how: 'Name a role mailbox, a path relative to the project, or a variable.',
    messages: {
      mail: '`{value}` looks like a person’s address; it is sent to the model each time',
      home: '`{value}` is the home folder of one person',
      host: '`{value}` is an internal address',
    },
    examples: [
      {
        path: 'AGENTS.md',
        bad: 'Ask mara.lindqvist@quayside-ferries.se before a release. The models are in /home/mlindqvist/models/.\n',
        good: 'Ask security@quayside-ferries.se before a release. The models are in /home/user/models/ or at jane@example.com.\n',
      },
    ],
  },
  *check({ prompt, text }) {
    const seen = new Set<string>();
    const found = function* (pattern: RegExp, message: string, allowed: (value: string, name: string) => boolean) {
      // Test data beside a prompt are not sent.
      for (const { span } of prompt.messages) {
        for (const match of text.slice(span.start, span.end).matchAll(pattern)) {
          const before = pattern === MAIL ? (match[1] ?? '') : '';
          const value = before + match[0];
          if (seen.has(value) || allowed(value, match[1] ?? '')) continue;
          seen.add(value);
          const start = span.start + match.index - before.length;
          yield { span: { start, end: start + value.length }, message, data: { value } };
        }
      }
    };
    if (text.includes('@')) yield* found(MAIL, 'mail', (value) => NOBODY.test(value) || !PERSON.test(value));
    if (/\/home\/|Users/.test(text)) yield* found(HOME, 'home', (_, name) => ANYBODY.test(name));
    yield* found(INTERNAL, 'host', (value) => NO_HOST.test(value));
  },
});
