/** `import` and `export`: what a module wants, what it gives, and its body. */
import type { ExportDefaultDeclaration, Identifier, Literal, ModuleDeclaration, Program, Statement } from 'acorn';
import { compileClass } from './classes.ts';
import type { Compilation } from './compilation.ts';
import { compileNamed } from './expressions.ts';
import { compileFunction } from './functions.ts';
import type { Code, Env, Value } from '../machine.ts';
import { lookUp, namesIn, type Scope } from './scope.ts';
import { withValue } from './sequencing.ts';
import { compileSequence, compileStatement, hoistFunctions } from './statements.ts';
import { environmentTemplate, readVariable } from './variables.ts';

export interface ModuleCode {
  /** The modules it names, in order. */
  readonly sources: readonly string[];
  /** Slots for what is imported; without a name, the namespace. */
  readonly imports: readonly {
    readonly source: string;
    readonly imported: string | undefined;
    readonly slot: number;
  }[];
  readonly exports: readonly { readonly name: string; readonly read: (env: Env) => Value }[];
  /** `export … from`; without an imported name it is all of them. */
  readonly reexports: readonly {
    readonly source: string;
    readonly imported: string | undefined;
    readonly exported: string | undefined;
  }[];
  readonly createEnvironment: () => Env;
  readonly body: Code;
}

export function compileModule(cx: Compilation, program: Program, scope: Scope): ModuleCode {
  const sources = new Set<string>();
  const imports: ModuleCode['imports'][number][] = [];
  const exports: ModuleCode['exports'][number][] = [];
  const reexports: ModuleCode['reexports'][number][] = [];
  const expose = (name: string, local: string, offset: number): void => {
    const read = readVariable(cx, local, scope, offset);
    exports.push({ name, read });
  };
  // the default export has a slot of its own
  const defaultSlot = scope.size++;
  for (const node of program.body) {
    if ('source' in node && node.source != null) sources.add(String(node.source.value));
    switch (node.type) {
      case 'ImportDeclaration':
        for (const specifier of node.specifiers) {
          const imported =
            specifier.type === 'ImportNamespaceSpecifier'
              ? undefined
              : specifier.type === 'ImportDefaultSpecifier'
                ? 'default'
                : nameOf(specifier.imported);
          const slot = lookUp(specifier.local.name, scope)?.slot ?? 0;
          imports.push({ source: String(node.source.value), imported, slot });
        }
        break;
      case 'ExportAllDeclaration':
        reexports.push({
          source: String(node.source.value),
          imported: undefined,
          exported: node.exported == null ? undefined : nameOf(node.exported),
        });
        break;
      case 'ExportNamedDeclaration':
        for (const { local, exported } of node.specifiers) {
          if (node.source == null) expose(nameOf(exported), nameOf(local), local.start);
          else
            reexports.push({ source: String(node.source.value), imported: nameOf(local), exported: nameOf(exported) });
        }
        for (const name of declaredNames(node.declaration)) expose(name, name, node.start);
        break;
      case 'ExportDefaultDeclaration': {
        const { declaration } = node;
        const named = 'id' in declaration && declaration.id != null ? declaration.id.name : undefined;
        if (named !== undefined && /Declaration$/.test(declaration.type)) expose('default', named, node.start);
        else exports.push({ name: 'default', read: (env) => env[defaultSlot] });
        break;
      }
      default:
    }
  }
  const hoist = hoistFunctions(cx, program.body, scope);
  const statements = compileSequence(
    cx,
    program.body.map((node) =>
      node.type === 'ExportDefaultDeclaration'
        ? compileDefault(cx, node, scope, defaultSlot)
        : compileStatement(cx, node, scope),
    ),
  );
  const template = environmentTemplate(scope);
  return {
    sources: [...sources],
    imports,
    exports,
    reexports,
    createEnvironment: () => {
      const env = template.slice();
      hoist(env);
      return env;
    },
    body: statements,
  };
}

function nameOf(node: Identifier | Literal): string {
  return node.type === 'Identifier' ? node.name : String(node.value);
}

function declaredNames(declaration: Statement | ModuleDeclaration | null | undefined): string[] {
  if (declaration == null) return [];
  if (declaration.type === 'VariableDeclaration') return declaration.declarations.flatMap(({ id }) => namesIn(id));
  return declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration'
    ? [declaration.id.name]
    : [];
}

function compileDefault(cx: Compilation, { declaration }: ExportDefaultDeclaration, scope: Scope, slot: number): Code {
  if (declaration.type === 'FunctionDeclaration') {
    if (declaration.id !== null) return () => undefined;
    const make = compileFunction(cx, declaration as never, 'default');
    return (env) => void (env[slot] = make(env));
  }
  if (declaration.type === 'ClassDeclaration') {
    if (declaration.id !== null) return compileStatement(cx, declaration, scope);
    return withValue(
      cx.machine,
      compileClass(cx, declaration as never, 'default'),
      (made, env) => void (env[slot] = made),
    );
  }
  return withValue(
    cx.machine,
    compileNamed(cx, declaration, scope, 'default'),
    (value, env) => void (env[slot] = value),
  );
}
