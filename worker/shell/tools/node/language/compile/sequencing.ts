/** Pieces one after another: values first, then what is done with them; see machine.ts for why each has two forms. */
import { SUSPENDED, type Code, type Env, type Machine, type Running, type Steps, type Value } from '../machine.ts';

/** What is done with one value; may be suspended itself. */
type Use = (value: Value, env: Env) => Value;

export function withValue(machine: Machine, piece: Code, use: Use): Code {
  return (env) => {
    const value = piece(env);
    return value === SUSPENDED ? machine.suspend(restOfOne(machine, machine.take(), use, env)) : use(value, env);
  };
}

function* restOfOne(machine: Machine, running: Running, use: Use, env: Env): Steps {
  const value = yield running;
  const result = use(value, env);
  return result === SUSPENDED ? yield machine.take() : result;
}

export function withBoth(
  machine: Machine,
  first: Code,
  second: Code,
  use: (one: Value, other: Value, env: Env) => Value,
): Code {
  function* afterFirst(running: Running, env: Env): Steps {
    const one = yield running;
    const other = second(env);
    return yield* finish(one, other === SUSPENDED ? yield machine.take() : other, env);
  }
  function* afterSecond(one: Value, running: Running, env: Env): Steps {
    return yield* finish(one, yield running, env);
  }
  function* finish(one: Value, other: Value, env: Env): Steps {
    const result = use(one, other, env);
    return result === SUSPENDED ? yield machine.take() : result;
  }
  return (env) => {
    const one = first(env);
    if (one === SUSPENDED) return machine.suspend(afterFirst(machine.take(), env));
    const other = second(env);
    if (other === SUSPENDED) return machine.suspend(afterSecond(one, machine.take(), env));
    return use(one, other, env);
  };
}

export function withAll(machine: Machine, pieces: readonly Code[], use: (values: Value[], env: Env) => Value): Code {
  const { length } = pieces;
  function* rest(values: Value[], running: Running, env: Env): Steps {
    values.push(yield running);
    for (let index = values.length; index < length; index++) {
      const value = pieces[index]?.(env);
      values.push(value === SUSPENDED ? yield machine.take() : value);
    }
    const result = use(values, env);
    return result === SUSPENDED ? yield machine.take() : result;
  }
  return (env) => {
    const values: Value[] = [];
    for (let index = 0; index < length; index++) {
      const value = pieces[index]?.(env);
      if (value === SUSPENDED) return machine.suspend(rest(values, machine.take(), env));
      values.push(value);
    }
    return use(values, env);
  };
}

/** The value of a piece that is needed in the middle of a generator. */
export function* valueOf(machine: Machine, piece: Code, env: Env): Steps {
  const value = piece(env);
  return value === SUSPENDED ? yield machine.take() : value;
}
