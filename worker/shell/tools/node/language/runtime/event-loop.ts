/**
 * The event loop of a program: its script, then ticks and promises, timers, and what comes from outside, until nothing is left that
 * could happen. See "The Node.js Event Loop" of Node's documentation for the order.
 */
import { errnoOf } from '../../../../kernel/errno.ts';
import type { Process } from '../../../../kernel/process.ts';
import type { SignalName } from '../../../../kernel/signals.ts';
import { Fiber, SUSPENDED, type Outcome, type Steps, type Value } from '../machine.ts';
import type { Rejection } from '../promises.ts';
import type { Realm } from '../realm.ts';
import type { ProgramOutput } from './output.ts';

/** Something to do: gives a value nobody wants, or SUSPENDED. */
export type Task = () => Value;

interface Timer {
  readonly id: number;
  readonly task: Task;
  readonly everyMs: number | undefined;
  dueMs: number;
  isHeld: boolean;
}

export interface LoopEvents {
  /** A signal the program wants to hear of. */
  readonly onSignal: (name: SignalName) => Task;
  /** Rejections that nobody minded; may throw. */
  readonly onUnhandled: (rejections: readonly Rejection[]) => Task;
  /** Turns what a task throws into the end of the program, or into a call of its own handler. */
  readonly onError: (error: unknown) => Task;
  /** What a system call threw, as an error of the program. */
  readonly toProgramError: (error: unknown) => unknown;
}

/** What a task costs besides what it does. */
const TASK_STEPS = 20;

/** The longest that the loop sleeps before it looks again. */
const DAY_MS = 86_400_000;

export class EventLoop {
  readonly realm: Realm;
  readonly ticks: Task[] = [];
  readonly immediates = new Map<number, Task>();
  readonly #process: Process;
  readonly #output: ProgramOutput;
  readonly #events: LoopEvents;
  readonly #timers = new Map<number, Timer>();
  readonly #arrived: Task[] = [];
  #holds = 0;
  #nextId = 1;

  constructor(realm: Realm, process: Process, output: ProgramOutput, events: LoopEvents) {
    this.realm = realm;
    this.#process = process;
    this.#output = output;
    this.#events = events;
  }

  /** Runs the task once the time is over, again and again where `everyMs` is given. Gives its number. */
  addTimer(task: Task, delayMs: number, repeats: boolean): number {
    const delay = delayMs >= 1 && delayMs < 2 ** 31 ? Math.trunc(delayMs) : 1;
    const id = this.#nextId++;
    const dueMs = this.#now() + delay;
    this.#timers.set(id, { id, task, everyMs: repeats ? delay : undefined, dueMs, isHeld: true });
    return id;
  }

  addImmediate(task: Task): number {
    const id = this.#nextId++;
    this.immediates.set(id, task);
    return id;
  }

  clear(id: number): void {
    this.#timers.delete(id);
    this.immediates.delete(id);
  }

  /** Whether the timer keeps the program running. */
  holdTimer(id: number, isHeld: boolean): void {
    const timer = this.#timers.get(id);
    if (timer !== undefined) timer.isHeld = isHeld;
  }

  /** Keeps the program running until what is given back is called. */
  hold(): () => void {
    this.#holds++;
    let held = true;
    return () => {
      if (held) this.#holds--;
      held = false;
      this.#wake();
    };
  }

  /** Something came from outside: the task runs in the loop's next turn. */
  arrive(task: Task): void {
    this.#arrived.push(task);
    this.#wake();
  }

  /** Waits for a promise of the host in the background, then runs a task with what it gave. */
  background<T>(promise: Promise<T>, done: (value: T) => Task, failed: (error: unknown) => Task): void {
    const release = this.hold();
    promise.then(
      (value) => {
        this.#arrived.push(done(value));
        release();
      },
      (error: unknown) => {
        this.#arrived.push(failed(error));
        release();
      },
    );
  }

  /** Runs the program to its end. */
  async run(main: Task): Promise<void> {
    await this.task(main);
    while (await this.#turn());
  }

  /** Runs a task, then all ticks and promise jobs that it leaves. */
  async task(task: Task): Promise<void> {
    await this.#guarded(task);
    await this.#drain();
  }

  async #drain(): Promise<void> {
    const { promises } = this.realm;
    for (;;) {
      const next = this.ticks.shift() ?? promises.jobs.shift();
      if (next !== undefined) {
        await this.#guarded(next);
        continue;
      }
      const unhandled = promises.takeUnhandled();
      if (unhandled.length === 0) break;
      await this.#guarded(this.#events.onUnhandled(unhandled));
    }
    await this.#output.flush();
  }

  async #turn(): Promise<boolean> {
    const signal = this.#process.takeSignal();
    if (signal !== undefined) {
      await this.task(this.#events.onSignal(signal));
      return true;
    }
    let worked = false;
    const now = this.#now();
    const due = [...this.#timers.values()]
      .filter(({ dueMs }) => dueMs <= now)
      .sort((a, b) => a.dueMs - b.dueMs || a.id - b.id);
    for (const timer of due) {
      if (!this.#timers.has(timer.id)) continue;
      if (timer.everyMs === undefined) this.#timers.delete(timer.id);
      else timer.dueMs = this.#now() + timer.everyMs;
      worked = true;
      await this.task(timer.task);
    }
    for (let task = this.#arrived.shift(); task !== undefined; task = this.#arrived.shift()) {
      worked = true;
      await this.task(task);
    }
    for (const [id, task] of [...this.immediates]) {
      if (!this.immediates.delete(id)) continue;
      worked = true;
      await this.task(task);
    }
    if (worked) return true;
    return this.#sleep();
  }

  /** Waits for the next thing to happen. False where nothing can. */
  async #sleep(): Promise<boolean> {
    const timers = [...this.#timers.values()];
    if (this.#holds === 0 && !timers.some(({ isHeld }) => isHeld)) return false;
    const nextMs = Math.min(...timers.map(({ dueMs }) => dueMs), this.#now() + DAY_MS);
    try {
      await this.#process.sleep(Math.max(0, nextMs - this.#now()));
    } catch (error) {
      // a signal, or something that arrived
      if (errnoOf(error) !== 'EINTR') throw error;
    }
    return true;
  }

  #now(): number {
    return this.#process.kernel.clock.monotonicMs();
  }

  #wake(): void {
    this.#process.interrupt();
  }

  async #guarded(task: Task): Promise<void> {
    try {
      await this.#drive(task);
    } catch (error) {
      await this.#drive(this.#events.onError(this.realm.machine.adoptError(error)));
    }
  }

  async #drive(task: Task): Promise<void> {
    const { machine } = this.realm;
    machine.frame = undefined;
    machine.nesting = 0;
    machine.fuel -= TASK_STEPS;
    const value = task();
    if (value !== SUSPENDED) {
      // promise jobs that never suspend must let others in too
      if (machine.fuel <= 0 || this.#output.isFull) await this.#pause();
      return;
    }
    const fiber = new Fiber(machine, machine.take());
    let outcome: Outcome = fiber.resume(undefined);
    while (outcome.kind !== 'done') {
      await this.#pause();
      if (outcome.kind === 'pause') outcome = fiber.resume(undefined);
      else if (outcome.kind === 'wait') outcome = await this.#settle(fiber, outcome.promise);
      else throw new Error(`${outcome.kind} outside of a function that may`);
    }
  }

  async #pause(): Promise<void> {
    if (this.#output.isFull) await this.#output.flush();
    this.#process.work(this.realm.machine.refuel());
    const pause = this.#process.checkpoint();
    if (pause === undefined) return;
    await this.#output.flush();
    await pause;
  }

  /** Waits in the middle of the program for something of the host: a file, a child. */
  async #settle(fiber: Fiber, promise: Promise<Value>): Promise<Outcome> {
    await this.#output.flush();
    let value: Value;
    for (;;) {
      try {
        value = await this.#process.waitFor(promise);
        break;
      } catch (error) {
        if (errnoOf(error) === 'EINTR') continue;
        return fiber.fail(this.#events.toProgramError(error));
      }
    }
    return fiber.resume(value);
  }
}

/** A task that calls a function of the program. */
export function calling(realm: Realm, callee: Value, self: Value, args: Value[]): Task {
  return () => realm.invoke(callee, self, args);
}

/** A task that goes through steps. */
export function stepping(realm: Realm, steps: () => Steps): Task {
  return () => realm.machine.suspend(steps());
}
