import groovy.json.JsonGenerator
import groovy.json.JsonOutput
import org.codehaus.groovy.ast.ASTNode
import org.codehaus.groovy.ast.expr.*
import org.codehaus.groovy.ast.stmt.BlockStatement
import org.codehaus.groovy.ast.stmt.ExpressionStatement
import org.codehaus.groovy.ast.stmt.Statement
import org.codehaus.groovy.control.CompilationFailedException
import org.codehaus.groovy.control.CompilationUnit
import org.codehaus.groovy.control.Phases

/**
 * Checks declarative Jenkinsfiles without Jenkins, and prints each as a tree, or why it is refused, as one line of JSON:
 *
 *     java -cp …/groovy.jar:…/groovy-json.jar:. groovy.ui.GroovyMain DryRun.groovy Jenkinsfile…
 *
 * As in Jenkins, a declarative file is no program: its syntax tree is read, nothing in it runs. Whatever is not in
 * Grammar.groovy is refused, and so are variables, loops, conditions and `script` blocks.
 */
class Refused extends Exception {
  Refused(int line, List<String> path, String reason) {
    super("$line: ${path ? path.join(' > ') + ': ' : ''}$reason")
  }
}

/** A call in a Jenkinsfile: its name, line and arguments, and what is in its block. */
class Call {
  String name
  int line
  Map<String, Object> args = [:]
  String kind
  List<Call> body

  String toString() { args.name instanceof String ? "$name ${JsonOutput.toJson(args.name)}" : name }
}

/** Reads the syntax tree: calls with the arguments that the grammar gives them. */
class Reader {
  final List<String> lines
  final Set<String> declared = [] as Set
  final List<Closure> uses = []
  private final List<String> path = []

  Reader(String text) {
    lines = text.readLines()
  }

  Call file(BlockStatement code) {
    def file = new Call(name: 'file', line: 1, kind: 'file')
    file.body = code.statements.collect { directive(it, 'file') }
    uses.each { it() }
    file
  }

  private List<Call> block(ClosureExpression closure, String kind) {
    def statements = (closure.code as BlockStatement).statements
    if (!statements) refuse(closure, 'this block is empty')
    statements.collect { kind == 'environment' ? assignment(it) : directive(it, kind) }
  }

  private Call assignment(Statement statement) {
    def expression = statement instanceof ExpressionStatement ? statement.expression : null
    if (!(expression instanceof BinaryExpression) || expression.operation.text != '=' || expression instanceof DeclarationExpression) {
      refuse(statement, "expected NAME = value, got ${sourceOf(statement)}")
    }
    def name = expression.leftExpression.text
    declared << name
    new Call(name: name, line: statement.lineNumber, args: [value: value(expression.rightExpression)])
  }

  private Call directive(Statement statement, String kind) {
    def expression = statement instanceof ExpressionStatement ? statement.expression : null
    if (!(expression instanceof MethodCallExpression) || !expression.implicitThis) {
      refuse(statement, "expected ${kind == 'steps' ? 'a step' : 'a directive'}, got ${sourceOf(statement)}")
    }
    def known = kind == 'steps' ? Grammar.NODELESS_STEPS + Grammar.NODE_STEPS : Grammar.DIRECTIVES[kind]
    def name = expression.methodAsString
    if (name == 'script') refuse(expression, '"script" blocks hold logic, which belongs into the npm scripts')
    if (!known.containsKey(name)) {
      def what = kind == 'steps' ? 'no known step' : 'no directive here'
      refuse(expression, "\"$name\" is $what; expected one of ${known.keySet().sort().join(', ')}")
    }
    callOf(expression, new Signature(known[name]))
  }

  private Call callOf(MethodCallExpression expression, Signature signature) {
    def result = new Call(name: expression.methodAsString, line: expression.lineNumber, kind: signature.kind)
    def (given, closures) = (expression.arguments as TupleExpression).expressions.split { !(it instanceof ClosureExpression) }
    path << result.name
    result.args = arguments(expression, given, signature)
    path[-1] = result.toString()
    if (closures.size() > (signature.kind ? 1 : 0)) refuse(expression, 'takes no block')
    if (!closures && signature.needsBlock) refuse(expression, 'expected a block after it')
    // The condition of a `when` is the one place where Groovy may stand; it is kept as it is written.
    if (signature.kind == 'code') result.args.code = sourceOf((closures[0] as ClosureExpression).code)
    else if (closures) result.body = block(closures[0], signature.kind)
    boolean isAxis = result.name == 'name' && path.size() > 1 && path[-2] == 'axis'
    if (isAxis || result.name in ['booleanParam', 'choice', 'string']) declared << result.args.name
    path.removeLast()
    result
  }

  private Map<String, Object> arguments(ASTNode at, List<Expression> given, Signature signature) {
    def values = values(at, given, signature.parameters.find { it.alone })
    values.each { name, value ->
      def parameter = signature.parameters.find { it.name == name }
      if (!parameter) refuse(at, "\"$name\" is no parameter; expected one of ${signature.parameters*.name.sort().join(', ')}")
      if (!parameter.accepts(value)) refuse(at, "$name: expected ${parameter.type}, got ${JsonOutput.toJson(value)}")
    }
    def missing = signature.parameters.find { it.required && !values.containsKey(it.name) }
    if (missing) refuse(at, "the parameter \"$missing.name\" is missing")
    values
  }

  private Map<String, Object> values(ASTNode at, List<Expression> given, Parameter alone) {
    if (!given) return [:]
    def named = given.find { it instanceof MapExpression }
    if (named && given.size() > 1) refuse(at, 'parameters with and without names cannot be mixed')
    if (named) return named.mapEntryExpressions.collectEntries { [it.keyExpression.text, value(it.valueExpression)] }
    if (!alone) refuse(at, 'expected its parameters by name')
    if (alone.several) return [(alone.name): given.collect { value(it) }]
    if (given.size() > 1) refuse(at, "expected one value, got ${given.size()}")
    [(alone.name): value(given[0])]
  }

  private Object value(Expression expression) {
    switch (expression) {
      case ConstantExpression: return expression.value
      case GStringExpression: return interpolated(expression)
      case ListExpression: return expression.expressions.collect { value(it) }
      case MapExpression: return expression.mapEntryExpressions.collectEntries { [it.keyExpression.text, value(it.valueExpression)] }
      case PropertyExpression: return reference(expression)
      case VariableExpression: return expression.name in ['any', 'none', 'scm'] ? expression.name : reference(expression)
      case { it instanceof MethodCallExpression && it.implicitThis && Grammar.FUNCTIONS.containsKey(it.methodAsString) }:
        def function = callOf(expression, new Signature(Grammar.FUNCTIONS[expression.methodAsString]))
        return [(function.name): function.args]
      default: refuse(expression, "expected a plain value, got ${sourceOf(expression)}")
    }
  }

  private String interpolated(GStringExpression expression) {
    expression.values.each { reference(it) }
    sourceOf(expression).replaceAll(/^"+|"+$/, '')
  }

  /** A name is looked up at the end of the file: environment, parameters and axes may be declared further down. */
  private String reference(Expression expression) {
    def (_, object, name) = (sourceOf(expression) =~ /^(?:(env|params)\.)?(\w+)$/).with { it ? it[0] : [null, null, null] }
    if (!name) refuse(expression, "expected the name of a variable, got ${sourceOf(expression)}")
    def here = path.collect()
    uses << {
      if (name in declared || name in Grammar.VARIABLES) return
      throw new Refused(expression.lineNumber, here, "the variable $name is set nowhere")
    }
    sourceOf(expression)
  }

  /** Returns the text that a node was read from. */
  private String sourceOf(ASTNode node) {
    def text = lines[(node.lineNumber - 1)..(node.lastLineNumber - 1)].collect()
    text[-1] = text[-1].take(node.lastColumnNumber - 1)
    text[0] = text[0].drop(node.columnNumber - 1)
    text.join('\n').trim()
  }

  private void refuse(ASTNode at, String reason) {
    throw new Refused(at.lineNumber, path, reason)
  }
}

/** What a call takes, as Grammar.groovy writes it. */
class Signature {
  final List<Parameter> parameters
  /** The kind of the block that follows the call. */
  final String kind
  final boolean needsBlock

  Signature(String text) {
    def (_, words, kind, optional) = (text =~ /^([^{]*)(?:\{(.+)\}(\??))?$/)[0]
    parameters = words.split().collect { new Parameter(it) }
    this.kind = kind
    needsBlock = kind && !optional
  }
}

/** A parameter of a signature. */
class Parameter {
  final String name
  final String type
  final boolean alone
  final boolean required
  final boolean several

  Parameter(String word) {
    def (_, mark, name, bang, type, dots) = (word =~ /^([*?]?)(\w+)(!?)(?::(.+?))?(\.{3})?$/)[0]
    this.name = name
    this.type = type ?: 'text'
    alone = mark
    required = mark == '*' || bang
    several = dots
  }

  boolean accepts(Object value) {
    if (several) return value.every { it instanceof String }
    switch (type) {
      case 'any': return true
      case 'text': return value instanceof String
      case 'int': return value instanceof Integer
      case 'bool': return value instanceof Boolean
      case 'list': return value instanceof List
      default: return value in type.split(/\|/)
    }
  }
}

/** Checks what concerns more than one call. */
class Rules {
  private final List<String> path = []

  /** `hasNode`: whether steps run on a node; `isBranch`: whether it is inside `parallel` or `matrix`. */
  void check(Call block, boolean hasNode = true, boolean isBranch = false) {
    if (block.kind != 'file') path << block.toString()
    def names = block.body*.name
    def own = block.body.find { it.name == 'agent' && block.kind != 'file' }
    if (block.kind != 'steps') directives(block, names)
    if (own) hasNode = own.args.type != 'none'
    if (block.kind == 'stage' && names.any { it in ['parallel', 'matrix'] }) branching(block, names, isBranch)
    block.body.each { child ->
      if (block.kind == 'steps' && !hasNode && Grammar.NODE_STEPS.containsKey(child.name)) {
        refuse(child, "\"$child.name\" needs a node, and there is no agent")
      }
      if (child.name == 'agent' && !child.args == !child.body) refuse(child, '"agent" is any, none or a block')
      if (child.body) check(child, hasNode, isBranch || block.kind in ['parallel', 'matrix'])
    }
    if (block.kind != 'file') path.removeLast()
  }

  private void directives(Call block, List<String> names) {
    def labels = block.body*.toString()
    def twice = (block.kind in Grammar.REPEATABLE ? labels : names).countBy { it }.find { it.value > 1 }?.key
    if (twice && !(block.kind in ['when', 'axes', 'excludes', 'exclude'])) refuse(block, "$twice stands there twice")
    Grammar.REQUIRED[block.kind].findAll { !(it in names) }.each { refuse(block, "\"$it\" is missing") }
    def choices = Grammar.ONE_OF[block.kind]
    if (choices && names.count { it in choices } != 1) {
      refuse(block, "expected one of ${choices.join(', ')}, got ${names.findAll { it in choices }.join(' and ') ?: 'none'}")
    }
    if (block.name == 'not' && names.size() != 1) refuse(block, "expected one condition, got ${names.size()}")
  }

  private void branching(Call stage, List<String> names, boolean isBranch) {
    if (isBranch) refuse(stage, 'parallel and matrix cannot stand within one another')
    if ('agent' in names) refuse(stage, '"agent" cannot stand beside parallel or matrix')
  }

  private void refuse(Call at, String reason) {
    throw new Refused(at.line, path, reason)
  }
}

Call dryRun(File file) {
  def unit = new CompilationUnit()
  unit.addSource(file.path, file.text)
  unit.compile(Phases.CONVERSION)
  def module = unit.AST.modules[0]
  def extra = module.imports + module.starImports + module.methods
  if (extra || module.classes.size() > 1) throw new Refused(1, [], 'expected nothing but a pipeline, got other code beside it')
  def tree = new Reader(file.text).file(module.statementBlock)
  new Rules().check(tree)
  tree.body[0]
}

def json = new JsonGenerator.Options().excludeNulls().build()
args.each { path ->
  def result
  try {
    result = [tree: dryRun(new File(path))]
  } catch (Refused refused) {
    result = [error: "$path:$refused.message"]
  } catch (CompilationFailedException | IOException failure) {
    result = [error: failure.message]
  }
  println json.toJson(result)
}
