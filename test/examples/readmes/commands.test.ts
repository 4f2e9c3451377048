import { JUDGES } from './judge';
import { fences, pages, shellBlocks } from './pages';
import type { ShellBlock } from './pages';
import { RecordingShell } from './recording-shell';
import { needing } from '../../needing';

jest.setTimeout(5 * 60_000);

/** What a page of `docs` leaves to its reader to fill in. */
const GIVEN = Object.fromEntries([
  'ADDRESS', 'CLUSTER', 'EMPTY', 'EXECUTION', 'FILE_SYSTEM', 'LOG_GROUP', 'NEW_VERSION', 'OLD_VERSION', 'PIPELINE', 'RECOVERY_POINT', 'REPOSITORY', 'RULE', 'SECRET', 'SERVICE', 'SNAPSHOT', 'STACK', 'WEB_SERVICE', 'WITH_TASKS',
  'ADDRESS', 'CLUSTER', 'EMPTY', 'EXECUTION', 'NEW_VERSION', 'OLD_VERSION', 'PIPELINE', 'REPOSITORY', 'RULE', 'SECRET', 'SERVICE', 'STACK', 'TARGET_GROUP', 'TASK', 'WEB_SERVICE', 'WITH_TASKS',
].map((name) => [name, name.toLowerCase()]));

/** Languages that are not run by a shell: compiled elsewhere, drawn, or read. */
const OTHER_LANGUAGES = ['json', 'mermaid', 'python', 'text', 'ts', 'ts nofixture', 'yaml'];

const PAGES = pages();
const WITH_COMMANDS = PAGES.filter((page) => shellBlocks(page).length > 0);

test.each(PAGES)('every fence of %s says its language', (page) => {
  expect(fences(page).filter(({ language }) => ![...OTHER_LANGUAGES, 'sh'].includes(language)).map(({ line, language }) => `${line}: ${language}`)).toEqual([]);
});

test('the pages with commands are these, each in the folder of its example or at the top of the clone', () => {
  expect(WITH_COMMANDS).toEqual(expect.arrayContaining(['README.md', 'examples/README.md', 'examples/typescript/bookstore/README.md']));
});

needing('bash', 'jq').describe('with stand-ins for what reaches beyond the folder', () => {
  const complaints = (shell: RecordingShell, blocks: ShellBlock[]): string[] => shell.run(blocks, GIVEN)
    .flatMap((call) => JUDGES[call.program](call, shell.clone).map((complaint) => `${call.program} ${call.args.join(' ')}: ${complaint}`));

  // Each page in a clone of its own: what another page has made is not there.
  test.each(WITH_COMMANDS)('every command of %s is one that works where the text says', (page) => {
    const shell = new RecordingShell();
    try {
      expect(complaints(shell, shellBlocks(page))).toEqual([]);
    } finally {
      shell.remove();
    }
  });

  describe('in the folder of WordPress', () => {
    const block = (text: string) => [{ place: 'here', folder: 'examples/typescript/wordpress', text }];
    let shell: RecordingShell;

    beforeAll(() => {
      shell = new RecordingShell();
    });

    afterAll(() => shell.remove());

    test.each([
      ['npx cdk deploy WordPressImage', /WordPressImage is none of WordPressImages, WordPress/],
      ['npx cdk deploy WordPress -c zone=example.net', /zone is no setting of wordpress/],
      ['npx cdk deploy WordPress --everything', /cdk deploy has no --everything/],
      ['npx cdk-ha-ecs chek', /unknown command 'chek'/],
      ['npx cdk-ha-ecs draw --out a.png', /must end in/],
      ['npx cdk destroy', /cdk destroy asks which of WordPressImages, WordPress/],
      ['cd ../../.. && npx cdk destroy --all', /there is no cdk.json/],
      ['RUN=$(aws cloudformation describe-stack-resources --stack-name WordPress --output text); aws ssm start-associations-once --association-ids "$RUN"', /given several answers as one word/],
      ['npm install cdk-ha-ecs', /cdk-ha-ecs is in no registry/],
      ['cd ../../.. && npm run everything', /there is no script everything/],
      ['aws s3 rm --recursive s3://bucket', /aws s3 rm is in no list/],
      ['aws cloudformation describe-stacks --stack-name Apps', /Apps is none of/],
      ['aws cloudformation describe-stacks --stack-name WordPress --query "Stacks[0].Outputs[?OutputKey==\'Uri\']"', /WordPress has no output Uri/],
      ['docker buildx build --push --tag repository:first ../../applications/wordpress', /is not the image that the program deploys/],
      ['docker buildx build --push ../../applications/blog', /there is no Dockerfile/],
      ['docker compose --file compose.yaml up', /there is no compose.yaml/],
      ['pip install cdk-ha-ecs', /it would come from a registry/],
    ])('`%s` is not', (command, complaint) => {
      expect(complaints(shell, block(command)).join('\n')).toMatch(complaint);
    });

    test('a command that has no stand-in fails its page', () => {
      expect(() => shell.run(block('terraform apply'))).toThrow(/terraform: command not found/);
    });

    test('a command that fails ends its page there', () => {
      expect(() => shell.run(block('cat nothing | tr a b\nnpx cdk ls'))).toThrow(/No such file/);
    });
  });
});
