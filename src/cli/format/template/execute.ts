import { Duration, NIL_LIST, NIL_MAP } from '../../../engine/json.ts';
import { goQuote } from '../../quote.ts';
import { fieldKey } from '../go-names.ts';
import { toJson } from '../json.ts';
import { printValue } from '../print.ts';
import {
  Float,
  HeaderMap,
  isList,
  isMap,
  isStruct,
  JsonNumber,
  Methods,
  sortedKeys,
  typeName,
  UntypedMap,
  type Value,
} from '../value.ts';
import { CALLEE, CallError, FUNCTIONS, isTrue, type Parameter, type TemplateFunction } from './functions.ts';
import {
  type BranchNode,
  type CommandNode,
  type IdentifierNode,
  type LiteralNode,
  type Node,
  nodeText,
  type Operand,
  type PipeNode,
  type Template,
} from './nodes.ts';
import { TemplateError } from './parse.ts';

export interface ExecuteOptions {
  readonly functions?: Readonly<Record<string, TemplateFunction>>;
  /**
   * The data was read from JSON without types, see {@link untyped}; a missing key is an error (Go, `missingkey=error`).
   */
  readonly raw?: boolean;
  /** Go's name of the data's type, for messages. */
  readonly type?: string;
  /** Receives what was written before an error. */
  readonly partial?: (text: string) => void;
}

/** Executes a template and returns what it writes (Go, text/template). Throws {@link TemplateError}. */
export function executeTemplate(template: Template, data: Value, options: ExecuteOptions = {}): string {
  return new Execution(template, options).run(data);
}

type Erroneous = Operand | CommandNode | Node;

/** No value came down the pipeline. */
const NONE = Symbol('none');
type Final = Value | typeof NONE;

class Jump extends Error {
  readonly word: 'break' | 'continue';
  constructor(word: 'break' | 'continue') {
    super();
    this.word = word;
  }
}

const MAX_DEPTH = 1000;

class Execution {
  readonly #template: Template;
  readonly #functions: Readonly<Record<string, TemplateFunction>>;
  readonly #options: ExecuteOptions;
  #variables: { name: string; value: Value }[] = [];
  #written = '';
  #at: Erroneous | undefined;
  #name = '';
  #depth = 0;
  #root: Value;

  constructor(template: Template, options: ExecuteOptions) {
    this.#template = template;
    this.#options = options;
    this.#name = template.name;
    this.#functions = options.functions ?? FUNCTIONS;
  }

  run(data: Value): string {
    this.#root = data;
    this.#variables = [{ name: '$', value: data }];
    try {
      this.#walk(data, this.#template.body);
    } catch (error) {
      this.#options.partial?.(this.#written);
      throw error;
    }
    return this.#written;
  }

  #fail(message: string): never {
    const node = this.#at;
    if (!node) throw new TemplateError(`template: ${this.#name}: ${message}`);
    const before = this.#template.text.slice(0, node.at);
    const lines = before.split('\n');
    const column = new TextEncoder().encode(lines.at(-1)).length;
    throw new TemplateError(
      `template: ${this.#template.name}:${lines.length}:${column}: executing ${goQuote(this.#name)} at <${nodeText(node)}>: ${message}`,
    );
  }

  #walk(dot: Value, nodes: readonly Node[]): void {
    for (const node of nodes) {
      this.#at = node;
      switch (node.node) {
        case 'text':
          this.#written += node.text;
          break;
        case 'action': {
          const value = this.#pipeline(dot, node.pipe);
          if (node.pipe.declared.length > 0) break;
          this.#at = node;
          this.#written += value === undefined ? '<no value>' : printValue(value);
          break;
        }
        case 'template':
          this.#call(dot, node.name, node.pipe);
          break;
        case 'break':
        case 'continue':
          throw new Jump(node.node);
        case 'range':
          this.#range(dot, node);
          break;
        default:
          this.#branch(dot, node);
      }
    }
  }

  #branch(dot: Value, { node, pipe, body, otherwise }: BranchNode): void {
    const mark = this.#variables.length;
    const value = this.#pipeline(dot, pipe);
    if (isTrue(value)) this.#walk(node === 'with' ? value : dot, body);
    else if (otherwise) this.#walk(dot, otherwise);
    this.#variables.length = mark;
  }

  #range(dot: Value, branch: BranchNode): void {
    const mark = this.#variables.length;
    const value = this.#pipeline(dot, branch.pipe);
    const inner = this.#variables.length;
    const elements = this.#elements(value);
    const { declared } = branch.pipe;
    try {
      for (const [key, element] of elements) {
        if (declared.length > 0) this.#variables[inner - 1]!.value = element;
        if (declared.length > 1) this.#variables[inner - 2]!.value = key;
        try {
          this.#walk(element, branch.body);
        } catch (jump) {
          if (!(jump instanceof Jump)) throw jump;
          if (jump.word === 'break') return;
        } finally {
          this.#variables.length = inner;
        }
      }
      if (elements.length === 0 && branch.otherwise) this.#walk(dot, branch.otherwise);
    } finally {
      this.#variables.length = mark;
    }
  }

  #elements(value: Value): readonly (readonly [Value, Value])[] {
    if (value === undefined || value === null) {
      return [];
    }
    if (isList(value)) return value.map((element, i) => [i, element] as const);
    if (isMap(value)) return sortedKeys(value).map((key) => [key, value.get(key)] as const);
    if (typeof value === 'number' && Number.isInteger(value))
      return Array.from({ length: Math.max(0, value) }, (_, i) => [i, i] as const);
    return this.#fail(`range can't iterate over ${printValue(value)}`);
  }

  #call(dot: Value, name: string, pipe: PipeNode | undefined): void {
    const body = this.#template.defined.get(name);
    if (!body) this.#fail(`template ${goQuote(name)} not defined`);
    if (this.#depth === MAX_DEPTH) this.#fail(`exceeded maximum template depth (${MAX_DEPTH})`);
    const value = pipe ? this.#pipeline(dot, pipe) : undefined;
    const outer = { variables: this.#variables, name: this.#name };
    this.#depth += 1;
    this.#variables = [{ name: '$', value }];
    this.#name = name;
    this.#walk(value, body);
    this.#variables = outer.variables;
    this.#name = outer.name;
    this.#depth -= 1;
  }

  #pipeline(dot: Value, pipe: PipeNode): Value {
    this.#at = pipe;
    let value: Final = NONE;
    for (const command of pipe.commands) {
      value = this.#command(dot, command, value);
      // A nil interface is no value.
      if (value === null && this.#options.raw) value = undefined;
    }
    const result = value === NONE ? undefined : value;
    for (const name of pipe.declared) {
      if (!pipe.assigns) this.#variables.push({ name, value: result });
      else this.#variable(name).value = result;
    }
    return result;
  }

  #variable(name: string): { name: string; value: Value } {
    for (let i = this.#variables.length - 1; i >= 0; i -= 1)
      if (this.#variables[i]!.name === name) return this.#variables[i]!;
    return this.#fail(`undefined variable: ${name}`);
  }

  #command(dot: Value, command: CommandNode, final: Final): Value {
    const [first] = command.args as [Operand];
    switch (first.node) {
      case 'field':
        this.#at = first;
        return this.#fields(dot, dot, first, first.names, command.args, final);
      case 'chain':
        return this.#chain(dot, first, command.args, final);
      case 'identifier':
        return this.#function(dot, first, command, command.args, final);
      case 'pipe':
        this.#notAFunction(command.args, final);
        return this.#pipeline(dot, first);
      case 'variable':
        return this.#variableNode(dot, first, command.args, final);
      default:
        this.#at = first;
        this.#notAFunction(command.args, final);
        if (first.node === 'nil') this.#fail('nil is not a command');
        return first.node === 'dot' ? dot : literal(first);
    }
  }

  #notAFunction(args: readonly Operand[], final: Final): void {
    if (args.length > 1 || final !== NONE) this.#fail(`can't give argument to non-function ${nodeText(args[0]!)}`);
  }

  #chain(dot: Value, chain: Operand & { node: 'chain' }, args: readonly Operand[], final: Final): Value {
    this.#at = chain;
    if (chain.of.node === 'nil') this.#fail(`indirection through explicit nil in ${nodeText(chain)}`);
    const receiver = this.#argument(dot, 'any', chain.of);
    return this.#fields(dot, receiver, chain, chain.names, args, final);
  }

  #variableNode(dot: Value, node: Operand & { node: 'variable' }, args: readonly Operand[], final: Final): Value {
    this.#at = node;
    const { value } = this.#variable(node.names[0]!);
    if (node.names.length > 1) return this.#fields(dot, value, node, node.names.slice(1), args, final);
    this.#notAFunction(args.length > 0 ? args : [node], final);
    return value;
  }

  #fields(
    dot: Value,
    from: Value,
    node: Operand,
    names: readonly string[],
    args: readonly Operand[],
    final: Final,
  ): Value {
    let receiver = from;
    names.forEach((name, i) => {
      const last = i === names.length - 1;
      receiver = this.#field(dot, name, node, last ? args : [], last ? final : NONE, receiver, i > 0);
    });
    return receiver;
  }

  #field(
    dot: Value,
    name: string,
    node: Operand,
    args: readonly Operand[],
    final: Final,
    receiver: Value,
    inside: boolean,
  ): Value {
    const { raw } = this.#options;
    if (receiver === undefined) {
      if (raw) this.#fail(`nil data; no entry for key ${goQuote(name)}`);
      return undefined;
    }
    if (receiver === null) this.#fail(`nil pointer evaluating ${this.#typeOf(receiver, inside)}.${name}`);
    if (receiver instanceof Methods || (receiver instanceof HeaderMap && name in receiver.methods)) {
      const method = receiver.methods[name];
      if (!method) this.#fail(`can't evaluate field ${name} in type ${typeName(receiver)}`);
      const parameters = Array.from({ length: method.length }, () => 'string' as const);
      return this.#invoke(dot, { parameters, call: (values) => method(...values) }, node, name, args, final);
    }
    const hasArguments = args.length > 1 || final !== NONE;
    if (isMap(receiver)) {
      if (hasArguments) this.#fail(`${name} is not a method but has arguments`);
      const value = receiver.get(name);
      if (value === undefined && raw) this.#fail(`map has no entry for key ${goQuote(name)}`);
      return value;
    }
    const key = isStruct(receiver) ? fieldKey(receiver, name) : undefined;
    if (isStruct(receiver) && key !== undefined) {
      if (hasArguments) this.#fail(`${name} has arguments but cannot be invoked as function`);
      return receiver[key] ?? null;
    }
    return this.#fail(`can't evaluate field ${name} in type ${this.#typeOf(receiver, inside)}`);
  }

  #typeOf(value: Value, inside: boolean): string {
    if (this.#options.raw && inside) return 'interface {}';
    if (value === this.#root && this.#options.type !== undefined) return this.#options.type;
    return value === null ? 'interface {}' : typeName(value);
  }

  #function(dot: Value, node: IdentifierNode, located: Erroneous, args: readonly Operand[], final: Final): Value {
    this.#at = node;
    const { name } = node;
    const found = this.#functions[name];
    if (!found) this.#fail(`${goQuote(name)} is not a defined function`);
    if (name === 'and' || name === 'or') return this.#shortCircuit(dot, name, args, final);
    return this.#invoke(dot, found, located, name, args, final);
  }

  #shortCircuit(dot: Value, name: 'and' | 'or', args: readonly Operand[], final: Final): Value {
    const given = args.slice(1);
    if (given.length === 0 && final === NONE) this.#fail(`wrong number of args for ${name}: want at least 1 got 0`);
    let value: Value;
    for (const arg of given) {
      value = this.#argument(dot, 'any', arg);
      if (isTrue(value) === (name === 'or')) return value;
    }
    return final === NONE ? value : final;
  }

  #invoke(
    dot: Value,
    { parameters, variadic = false, call }: TemplateFunction,
    node: Erroneous,
    name: string,
    args: readonly Operand[],
    final: Final,
  ): Value {
    const given = args.slice(1);
    const count = given.length + (final === NONE ? 0 : 1);
    const fixed = variadic ? parameters.length - 1 : parameters.length;
    if (variadic && count < fixed)
      this.#fail(`wrong number of args for ${name}: want at least ${fixed} got ${given.length}`);
    if (!variadic && count !== fixed) this.#fail(`wrong number of args for ${name}: want ${fixed} got ${count}`);
    const parameter = (i: number) => parameters[Math.min(i, parameters.length - 1)] ?? 'any';
    const values = given.map((arg, i) => this.#argument(dot, parameter(i), arg));
    if (final !== NONE) values.push(this.#fitting(final, parameter(values.length)));
    try {
      return call(values);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      this.#at = node;
      const callee = args[1] ? nodeText(args[1]) : '';
      return this.#fail(`error calling ${name}: ${error.message.replace(CALLEE, callee)}`);
    }
  }

  #argument(dot: Value, parameter: Parameter, node: Operand): Value {
    this.#at = node;
    switch (node.node) {
      case 'dot':
        return this.#fitting(dot, parameter);
      case 'nil':
        if (parameter === 'string' || parameter === 'int') this.#fail(`cannot assign nil to ${parameter}`);
        return undefined;
      case 'field':
        return this.#fitting(this.#fields(dot, dot, node, node.names, [node], NONE), parameter);
      case 'variable':
        return this.#fitting(this.#variableNode(dot, node, [], NONE), parameter);
      case 'pipe':
        return this.#fitting(this.#pipeline(dot, node), parameter);
      case 'identifier':
        return this.#fitting(this.#function(dot, node, node, [], NONE), parameter);
      case 'chain':
        return this.#fitting(this.#chain(dot, node, [], NONE), parameter);
      default:
        return this.#literal(node, parameter);
    }
  }

  #literal(node: LiteralNode, parameter: Parameter): Value {
    if (parameter === 'any') return literal(node);
    if (parameter === 'string' && node.node === 'string') return literal(node);
    if (parameter === 'int' && node.node === 'number' && Number.isInteger(node.value)) return node.value;
    if (parameter === 'string') this.#fail(`expected string; found ${node.text}`);
    if (parameter === 'int') this.#fail(`expected integer; found ${node.text}`);
    return this.#fail(`can't handle ${node.text} for arg of type []string`);
  }

  /** The value, if a parameter takes it. */
  #fitting(value: Value, parameter: Parameter): Value {
    if (parameter === 'any') return this.#options.raw && value === null ? undefined : value;
    if (value === undefined) {
      if (parameter === '[]string') return [];
      this.#fail(`invalid value; expected ${parameter}`);
    }
    const fits =
      parameter === '[]string'
        ? isList(value) && !this.#options.raw && value.every((item) => typeof item === 'string')
        : parameter === 'int'
          ? typeof value === 'number' && Number.isInteger(value)
          : typeof value === 'string';
    if (fits) return value;
    const untypedList = this.#options.raw && isList(value);
    const type = untypedList
      ? '[]interface {}'
      : isMap(value) && this.#options.raw
        ? 'map[string]interface {}'
        : typeName(value);
    return this.#fail(`wrong type for value; expected ${parameter}; got ${type}`);
  }
}

function literal({ node, value, float }: LiteralNode): Value {
  return node === 'number' && float ? new Float(value as number) : value;
}

/** The answer as reading its JSON without types gives it: maps for structs, nil where nothing is, numbers as texts. */
export function untyped(value: Value): Value {
  if (value === NIL_LIST || value === NIL_MAP || value === undefined) return null;
  if (typeof value === 'number' || value instanceof Duration) return new JsonNumber(toJson(value, { html: false }));
  if (isList(value)) return value.map(untyped);
  if (isMap(value)) return new UntypedMap([...value].map(([key, item]) => [key, untyped(item)]));
  if (value === null || !isStruct(value)) return value;
  return new UntypedMap(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, untyped(item)]),
  );
}
