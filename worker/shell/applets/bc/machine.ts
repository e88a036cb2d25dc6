/** Runs the statements of bc. */
import type { AppletContext } from '../context.ts';
import {
  add,
  compare,
  decimal,
  DecimalError,
  digitCount,
  divide,
  integerOf,
  multiply,
  negate,
  ONE,
  parseDecimal,
  power,
  remainder,
  squareRoot,
  subtract,
  withScale,
  writeDecimal,
  ZERO,
  type Decimal,
} from './decimal.ts';
import type { Definition, Expression, Place, Statement } from './syntax.ts';

/** What a statement does to those around it. */
type Flow = 'break' | 'continue' | 'quit' | { readonly returned: Decimal } | undefined;

const LINE_LENGTH = 70;
const MAX_SCALE = 100_000;

/** The functions of -l that are written in bc itself: series, with some digits more than are asked for (POSIX bc, "-l"). */
export const LIBRARY = `scale=20
define e(x){auto b,s,n,r,d,i,p,f,v
b=ibase;ibase=A
if(x<0){n=1;x=-x}
s=scale;r=6+s+.44*x;scale=scale(x)+1
while(x>1){d+=1;x/=2;scale+=1}
scale=r;r=x+1;p=x;f=1
for(i=2;1;++i){p*=x;f*=i;v=p/f;if(v==0)break;r+=v}
while(d--)r*=r
scale=s;ibase=b
if(n)return(1/r)
return(r/1)}
define l(x){auto b,s,r,p,a,q,i,v
if(x<=0)return((1-A^scale)/1)
b=ibase;ibase=A;s=scale;scale+=6;p=2
while(x>=2){p*=2;x=sqrt(x)}
while(x<=.5){p*=2;x=sqrt(x)}
r=a=(x-1)/(x+1);q=a*a
for(i=3;1;i+=2){a*=q;v=a/i;if(v==0)break;r+=v}
r*=p;scale=s;ibase=b
return(r/1)}
define s(x){auto b,s,r,a,q,i,n,v
b=ibase;ibase=A;s=scale;scale=1.1*s+2;a=a(1)
if(x<0){n=1;x=-x}
scale=0;q=(x/a+2)/4;x-=4*q*a;if(q%2)x=-x
scale=s+2;r=a=x;q=-x*x
for(i=3;1;i+=2){a*=q/(i*(i-1));if(a==0)break;r+=a}
scale=s;ibase=b
if(n)return(-r/1)
return(r/1)}
define c(x){auto b,s
b=ibase;ibase=A;s=scale;scale*=1.2
x=s(2*a(1)+x)
scale=s;ibase=b
return(x/1)}
define a(x){auto b,s,r,n,a,m,t,f,i,u
b=ibase;ibase=A;n=1
if(x<0){n=-1;x=-x}
s=scale;scale+=5
a=0
while(x>.2){a+=1;x=x/(1+sqrt(1+x*x))}
r=u=x;f=-x*x;t=1
for(i=3;1;i+=2){u*=f;t=u/i;if(t==0)break;r+=t}
while(a--)r*=2
scale=s;ibase=b
return((r*n)/1)}
`;

export class BcMachine {
  readonly #context: AppletContext;
  readonly #functions = new Map<string, Definition>();
  #variables = new Map<string, Decimal>();
  #arrays = new Map<string, Map<string, Decimal>>();
  #scale = 0;
  #inputBase = 10;
  #outputBase = 10;
  #last: Decimal = ZERO;

  constructor(context: AppletContext) {
    this.#context = context;
  }

  /** Runs a statement; true when the program is to end. Throws {@link DecimalError}. */
  async run(statement: Statement): Promise<boolean> {
    return (await this.#execute(statement)) === 'quit';
  }

  async #execute(statement: Statement): Promise<Flow> {
    const pause = this.#context.checkpoint();
    if (pause !== undefined) await pause;
    switch (statement.kind) {
      case 'expression': {
        const value = await this.#value(statement.value);
        if (statement.printed) await this.#show(value);
        return undefined;
      }
      case 'string':
        await this.#context.out.write(statement.text);
        return undefined;
      case 'print':
        for (const item of statement.items)
          await this.#context.out.write(
            typeof item === 'string' ? unescaped(item) : this.#text(await this.#value(item)),
          );
        return undefined;
      case 'block':
        return this.#all(statement.body);
      case 'if':
        if (isTrue(await this.#value(statement.test))) return this.#execute(statement.yes);
        return statement.no && this.#execute(statement.no);
      case 'loop':
        return this.#loop(statement);
      case 'return':
        return { returned: statement.value === undefined ? ZERO : await this.#value(statement.value) };
      case 'define':
        this.#functions.set(statement.definition.name, statement.definition);
        return undefined;
      case 'break':
      case 'continue':
        return statement.kind;
      case 'quit':
      case 'halt':
        return 'quit';
    }
  }

  async #all(body: readonly Statement[]): Promise<Flow> {
    for (const statement of body) {
      const flow = await this.#execute(statement);
      if (flow !== undefined) return flow;
    }
    return undefined;
  }

  async #loop({ start, test, next, body }: Statement & { kind: 'loop' }): Promise<Flow> {
    if (start !== undefined) await this.#value(start);
    while (test === undefined || isTrue(await this.#value(test))) {
      const flow = await this.#execute(body);
      if (flow === 'break') break;
      if (flow !== undefined && flow !== 'continue') return flow;
      if (next !== undefined) await this.#value(next);
    }
    return undefined;
  }

  #text(value: Decimal): string {
    return writeDecimal(value, this.#outputBase);
  }

  async #show(value: Decimal): Promise<void> {
    this.#last = value;
    const text = this.#text(value);
    const width = Number(this.#context.env.get('BC_LINE_LENGTH') ?? LINE_LENGTH) - 2;
    const lines = width > 0 ? (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? [text]) : [text];
    await this.#context.out.write(`${lines.join('\\\n')}\n`);
  }

  async #value(expression: Expression): Promise<Decimal> {
    switch (expression.kind) {
      case 'number':
        return parseDecimal(expression.text, this.#inputBase);
      case 'variable':
      case 'element':
        return this.#read(expression, await this.#key(expression));
      case 'array':
        throw new DecimalError('array where a number is wanted');
      case 'unary': {
        const value = await this.#value(expression.of);
        return expression.operator === '-' ? negate(value) : truth(!isTrue(value));
      }
      case 'binary': {
        const left = await this.#value(expression.left);
        if (expression.operator === '&&') return truth(isTrue(left) && isTrue(await this.#value(expression.right)));
        if (expression.operator === '||') return truth(isTrue(left) || isTrue(await this.#value(expression.right)));
        return this.#operate(expression.operator, left, await this.#value(expression.right));
      }
      case 'assign': {
        const key = await this.#key(expression.place);
        const value = await this.#value(expression.value);
        const { operator, place } = expression;
        return this.#write(
          place,
          key,
          operator === '' ? value : this.#operate(operator, this.#read(place, key), value),
        );
      }
      case 'step': {
        const key = await this.#key(expression.place);
        const before = this.#read(expression.place, key);
        const after = this.#write(expression.place, key, add(before, decimal(expression.by)));
        return expression.before ? after : before;
      }
      case 'call':
        return this.#call(expression.name, expression.args);
    }
  }

  #operate(operator: string, left: Decimal, right: Decimal): Decimal {
    switch (operator) {
      case '+':
        return add(left, right);
      case '-':
        return subtract(left, right);
      case '*':
        return multiply(left, right, this.#scale);
      case '/':
        return divide(left, right, this.#scale);
      case '%':
        return remainder(left, right, this.#scale);
      case '^':
        this.#context.process.work(Number(integerOf(right) < 0n ? -integerOf(right) : integerOf(right)) / 64);
        return power(left, right, this.#scale);
      default: {
        const order = compare(left, right);
        const results: Readonly<Record<string, boolean>> = {
          '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0, '==': order === 0, '!=': order !== 0,
        }; // prettier-ignore
        return truth(results[operator] === true);
      }
    }
  }

  /** The index of an element, as text; empty for a variable. */
  async #key(place: Place): Promise<string> {
    return place.kind === 'variable' ? '' : integerOf(await this.#value(place.index)).toString();
  }

  #read(place: Place, key: string): Decimal {
    if (place.kind === 'element') return this.#arrays.get(place.name)?.get(key) ?? ZERO;
    if (place.name === 'scale') return decimal(this.#scale);
    if (place.name === 'ibase') return decimal(this.#inputBase);
    if (place.name === 'obase') return decimal(this.#outputBase);
    if (place.name === 'last') return this.#last;
    return this.#variables.get(place.name) ?? ZERO;
  }

  #write(place: Place, key: string, value: Decimal): Decimal {
    if (place.kind === 'element') {
      const array = this.#arrays.get(place.name) ?? new Map<string, Decimal>();
      this.#arrays.set(place.name, array.set(key, value));
      return value;
    }
    const whole = Number(integerOf(value));
    if (place.name === 'scale') this.#scale = bounded(whole, 0, MAX_SCALE);
    else if (place.name === 'ibase') this.#inputBase = bounded(whole, 2, 16);
    else if (place.name === 'obase') this.#outputBase = bounded(whole, 2, MAX_SCALE);
    else this.#variables.set(place.name, value);
    return value;
  }

  async #call(name: string, args: readonly Expression[]): Promise<Decimal> {
    const definition = this.#functions.get(name);
    if (definition !== undefined) return this.#apply(definition, args);
    const [argument] = args;
    if (argument?.kind === 'array' && name === 'length') return decimal(this.#arrays.get(argument.name)?.size ?? 0);
    const value = argument === undefined ? ZERO : await this.#value(argument);
    switch (name) {
      case 'length':
        return decimal(digitCount(value));
      case 'scale':
        return decimal(value.scale);
      case 'sqrt':
        return squareRoot(value, this.#scale);
      case 'abs':
        return value.units < 0n ? negate(value) : value;
      default:
        throw new DecimalError(`undefined function: ${name}()`);
    }
  }

  async #apply(definition: Definition, args: readonly Expression[]): Promise<Decimal> {
    if (args.length !== definition.parameters.length) throw new DecimalError('parameter mismatch');
    const values: (Decimal | Map<string, Decimal>)[] = [];
    for (const argument of args)
      values.push(argument.kind === 'array' ? new Map(this.#arrays.get(argument.name)) : await this.#value(argument));
    const [variables, arrays] = [this.#variables, this.#arrays];
    // what is not a name of the function's own is shared with whoever calls it
    const own = [...definition.parameters, ...definition.locals];
    this.#variables = new Map(variables);
    this.#arrays = new Map(arrays);
    own.forEach((name, index) => {
      const value = values[index];
      if (name.endsWith('[]'))
        this.#arrays.set(name.slice(0, -2), value instanceof Map ? value : new Map<string, Decimal>());
      else this.#variables.set(name, value === undefined || value instanceof Map ? ZERO : value);
    });
    const flow = await this.#all(definition.body);
    for (const [name, value] of this.#variables) if (!own.includes(name)) variables.set(name, value);
    for (const [name, value] of this.#arrays) if (!own.includes(`${name}[]`)) arrays.set(name, value);
    [this.#variables, this.#arrays] = [variables, arrays];
    return typeof flow === 'object' ? flow.returned : ZERO;
  }
}

const isTrue = ({ units }: Decimal): boolean => units !== 0n;
const truth = (value: boolean): Decimal => (value ? ONE : withScale(ZERO, 0));
const bounded = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  a: '\x07',
  b: '\b',
  f: '\f',
  r: '\r',
  q: '"',
  '\\': '\\',
  e: '\\',
};

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (whole, letter: string) => ESCAPES[letter] ?? whole);
}
