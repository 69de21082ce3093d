/** Nodes of a parsed template. `at` is the offset in the template that messages point to. */
export interface Located {
  readonly at: number;
}

export interface FieldNode extends Located {
  readonly node: 'field';
  readonly names: readonly string[];
}

export interface VariableNode extends Located {
  readonly node: 'variable';
  /** The variable with its `$`, then fields. */
  readonly names: readonly string[];
}

export interface ChainNode extends Located {
  readonly node: 'chain';
  readonly of: Operand;
  readonly names: readonly string[];
}

export interface IdentifierNode extends Located {
  readonly node: 'identifier';
  readonly name: string;
}

export interface LiteralNode extends Located {
  readonly node: 'bool' | 'dot' | 'nil' | 'number' | 'string';
  /** As written. */
  readonly text: string;
  readonly value?: boolean | string | number;
  /** A number that has a point or an exponent. */
  readonly float?: boolean;
}

export interface PipeNode extends Located {
  readonly node: 'pipe';
  readonly declared: readonly string[];
  /** `=` instead of `:=`. */
  readonly assigns: boolean;
  readonly commands: readonly CommandNode[];
}

export type Operand = FieldNode | VariableNode | ChainNode | IdentifierNode | LiteralNode | PipeNode;

export interface CommandNode extends Located {
  readonly node: 'command';
  readonly args: readonly Operand[];
}

export interface TextNode extends Located {
  readonly node: 'text';
  readonly text: string;
}

export interface ActionNode extends Located {
  readonly node: 'action';
  readonly pipe: PipeNode;
}

export interface BranchNode extends Located {
  readonly node: 'if' | 'range' | 'with';
  readonly pipe: PipeNode;
  readonly body: readonly Node[];
  readonly otherwise: readonly Node[] | undefined;
}

export interface TemplateNode extends Located {
  readonly node: 'template';
  readonly name: string;
  readonly pipe: PipeNode | undefined;
}

export interface JumpNode extends Located {
  readonly node: 'break' | 'continue';
}

export type Node = TextNode | ActionNode | BranchNode | TemplateNode | JumpNode;

/** A parsed template: its body, and those it defines by name. */
export interface Template {
  readonly name: string;
  readonly text: string;
  readonly body: readonly Node[];
  readonly defined: ReadonlyMap<string, readonly Node[]>;
}

/** A node as messages print it. */
export function nodeText(node: Operand | CommandNode | Node): string {
  switch (node.node) {
    case 'field':
      return node.names.map((name) => `.${name}`).join('');
    case 'variable':
      return node.names.join('.');
    case 'chain':
      return `${node.of.node === 'pipe' ? `(${nodeText(node.of)})` : nodeText(node.of)}${node.names.map((name) => `.${name}`).join('')}`;
    case 'identifier':
      return node.name;
    case 'command':
      return node.args.map((arg) => (arg.node === 'pipe' ? `(${nodeText(arg)})` : nodeText(arg))).join(' ');
    case 'pipe': {
      const declared = node.declared.length > 0 ? `${node.declared.join(', ')} ${node.assigns ? '=' : ':='} ` : '';
      return declared + node.commands.map(nodeText).join(' | ');
    }
    case 'action':
      return `{{${nodeText(node.pipe)}}}`;
    case 'text':
      return node.text;
    case 'template':
      return `{{template ${JSON.stringify(node.name)}${node.pipe ? ` ${nodeText(node.pipe)}` : ''}}}`;
    case 'break':
    case 'continue':
      return `{{${node.node}}}`;
    case 'if':
    case 'range':
    case 'with':
      return `{{${node.node} ${nodeText(node.pipe)}}}`;
    default:
      return node.text;
  }
}
