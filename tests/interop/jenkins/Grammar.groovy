/**
 * What a declarative Jenkinsfile may say: https://www.jenkins.io/doc/book/pipeline/syntax/ and the steps of the plugins that
 * docs/ci.md names. A call has a signature, words with spaces between them:
 *
 *     name        a parameter: a text, given by its name
 *     name!       one that has to be there
 *     ?name       one that may stand alone, without its name
 *     *name       the same, and it has to be there
 *     *name...    several of them
 *     name:type   one of another type: int, bool, list, any, or the words A|B|C
 *     {kind}      a block has to follow; {kind}? may follow
 */
class Grammar {
  private static final String TIMEOUT = '*time:int unit:SECONDS|MINUTES|HOURS|DAYS activity:bool'
  private static final String RESULT = 'SUCCESS|UNSTABLE|FAILURE|NOT_BUILT|ABORTED'
  private static final Map STAGE_OPTIONS = [retry: '*count:int', skipDefaultCheckout: '', timeout: TIMEOUT, timestamps: '']
  private static final Map AGENT = [agent: '?type:any|none {agent}?']
  private static final Map AROUND_STAGES = AGENT + [
    environment: '{environment}', post: '{post}',
  ]
  private static final Map NODE = [label: '*label', customWorkspace: '*path']
  private static final Map CONTAINER = NODE + [
    args: '*args', registryUrl: '*url', registryCredentialsId: '*id', reuseNode: '*reuse:bool',
  ]

  /** Each kind of block, and the directives in it. */
  static final Map<String, Map<String, String>> DIRECTIVES = [
    file: [pipeline: '{pipeline}'],
    pipeline: AROUND_STAGES + [
      options: '{options}', parameters: '{parameters}', triggers: '{triggers}', stages: '{stages}',
    ],
    stages: [stage: '*name {stage}'],
    parallel: [stage: '*name {stage}'],
    stage: AROUND_STAGES + [
      options: '{stage options}', input: '{input}', when: '{when}', failFast: '*failFast:bool',
      steps: '{steps}', stages: '{stages}', parallel: '{parallel}', matrix: '{matrix}',
    ],
    matrix: AROUND_STAGES + [
      options: '{stage options}', input: '{input}', when: '{when}',
      axes: '{axes}', excludes: '{excludes}', stages: '{stages}',
    ],
    axes: [axis: '{axis}'],
    axis: [name: '*name', values: '*values...'],
    excludes: [exclude: '{exclude}'],
    exclude: [axis: '{excluded axis}'],
    'excluded axis': [name: '*name', values: '*values...', notValues: '*values...'],
    agent: [label: '*label', node: '{node}', docker: '{docker}', dockerfile: '{dockerfile}'],
    node: NODE,
    docker: CONTAINER + [image: '*image', alwaysPull: '*pull:bool'],
    dockerfile: CONTAINER + [filename: '*name', dir: '*dir', additionalBuildArgs: '*args'],
    options: STAGE_OPTIONS + [
      buildDiscarder: '*strategy:any', checkoutToSubdirectory: '*folder', disableConcurrentBuilds: 'abortPrevious:bool',
      newContainerPerStage: '', parallelsAlwaysFailFast: '', preserveStashes: 'buildCount:int', quietPeriod: '*seconds:int',
      skipStagesAfterUnstable: '',
    ],
    'stage options': STAGE_OPTIONS,
    parameters: [
      booleanParam: 'name! defaultValue:bool description', choice: 'name! choices!:list description',
      password: 'name! defaultValue description', string: 'name! defaultValue description trim:bool',
      text: 'name! defaultValue description',
    ],
    triggers: [cron: '*spec', pollSCM: '*spec', upstream: 'upstreamProjects! threshold:any'],
    input: [
      message: '*message', id: '*id', ok: '*ok', submitter: '*submitter', submitterParameter: '*name',
      parameters: '{parameters}',
    ],
    when: [
      allOf: '{when}', anyOf: '{when}', not: '{when}', beforeAgent: '*before:bool', beforeInput: '*before:bool',
      beforeOptions: '*before:bool', branch: '*pattern comparator:GLOB|REGEXP|EQUALS', buildingTag: '',
      changeRequest: 'branch target', changelog: '*pattern', changeset: '*pattern',
      environment: 'name! value! ignoreCase:bool', equals: 'expected!:any actual!:any', expression: '{code}',
      tag: '*pattern comparator:GLOB|REGEXP|EQUALS', triggeredBy: '*cause',
    ],
    post: ['always', 'changed', 'fixed', 'regression', 'aborted', 'failure', 'success', 'unstable', 'unsuccessful', 'cleanup']
      .collectEntries { [it, '{steps}'] },
  ]

  /** Steps that work without a node. */
  static final Map<String, String> NODELESS_STEPS = [
    catchError: "buildResult:$RESULT stageResult:$RESULT message catchInterruptions:bool {steps}",
    echo: '*message', error: '*message', mail: 'to subject! body! cc bcc from replyTo mimeType charset',
    retry: '*count:int {steps}', sleep: '*time:int unit:SECONDS|MINUTES|HOURS|DAYS', timeout: TIMEOUT + ' {steps}',
    unstable: '*message', warnError: '*message catchInterruptions:bool {steps}', withEnv: '*overrides:list {steps}',
  ]

  /** Steps that need one. */
  static final Map<String, String> NODE_STEPS = [
    archiveArtifacts: '*artifacts excludes allowEmptyArchive:bool caseSensitive:bool defaultExcludes:bool ' +
      'fingerprint:bool followSymlinks:bool onlyIfSuccessful:bool',
    checkout: '*scm:any', cleanWs: 'deleteDirs:bool notFailBuild:bool disableDeferredWipeout:bool',
    deleteDir: '', dir: '*path {steps}', fileExists: '*file',
    junit: '*testResults allowEmptyResults:bool keepLongStdio:bool skipMarkingBuildUnstable:bool ' +
      'skipPublishingChecks:bool checksName',
    publishHTML: 'reportName! reportDir! reportFiles! keepAll!:bool alwaysLinkToLastBuild!:bool allowMissing!:bool ' +
      'reportTitles includes escapeUnderscores:bool',
    sh: '*script label encoding returnStatus:bool returnStdout:bool',
    stash: '*name includes excludes allowEmpty:bool useDefaultExcludes:bool', unstash: '*name',
    withCredentials: '*bindings:list {steps}', withDockerRegistry: 'credentialsId! url toolName {steps}',
  ]

  /** Calls that stand for a value. */
  static final Map<String, String> FUNCTIONS = [
    credentials: '*id', file: 'credentialsId! variable!',
    logRotator: 'daysToKeepStr numToKeepStr artifactDaysToKeepStr artifactNumToKeepStr',
    string: 'credentialsId! variable!', usernamePassword: 'credentialsId! usernameVariable! passwordVariable!',
  ]

  /** What has to be in a block of a kind. */
  static final Map<String, List<String>> REQUIRED = [
    pipeline: ['agent', 'stages'], matrix: ['axes', 'stages'], axis: ['name', 'values'], 'excluded axis': ['name'],
    docker: ['image'], node: ['label'], input: ['message'],
  ]

  /** What a block of a kind has exactly one of. */
  static final Map<String, List<String>> ONE_OF = [
    file: ['pipeline'], stage: ['steps', 'stages', 'parallel', 'matrix'],
    agent: ['label', 'node', 'docker', 'dockerfile'], 'excluded axis': ['values', 'notValues'],
  ]

  /** Kinds of blocks in which a directive may stand more than once. */
  static final Set<String> REPEATABLE = ['stages', 'parallel', 'axes', 'excludes', 'exclude', 'parameters', 'when', 'steps']

  /** What Jenkins sets itself, as far as we use it. */
  static final Set<String> VARIABLES = ['BRANCH_NAME', 'BUILD_NUMBER', 'BUILD_URL', 'GIT_COMMIT', 'JOB_NAME', 'WORKSPACE']
}
