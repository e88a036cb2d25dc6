/** Networks that people made, as containers are connected to them. The three every engine has are not stored. */
import type { Database } from './database.ts';
import { checkRecord, isAmount, isObject, isText, listOfShape, optional, type Shape } from './record.ts';

/** A range of addresses of a network. */
export interface AddressPool {
  /** In CIDR notation, as are the ranges of it. */
  readonly subnet: string;
  readonly range?: string;
  readonly gateway?: string;
  /** Addresses that are in use elsewhere, by name. */
  readonly auxiliary?: Readonly<Record<string, string>>;
}

export interface NetworkRecord {
  /** 64 hexadecimal digits. */
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  readonly createdMs: number;
  readonly internal: boolean;
  readonly attachable: boolean;
  readonly configOnly: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string>>;
  readonly pools: readonly AddressPool[];
  /** A person chose the subnet, so that containers may ask for an address in it. */
  readonly chosen: boolean;
}

export interface NetworkStore {
  /** Stores it, or replaces it. */
  put(record: NetworkRecord): Promise<void>;
  remove(id: string): Promise<void>;
  list(): Promise<readonly NetworkRecord[]>;
}

const isFlag = (value: unknown): boolean => typeof value === 'boolean';

const SHAPE: Shape<NetworkRecord> = {
  id: isText,
  name: isText,
  driver: isText,
  createdMs: isAmount,
  internal: isFlag,
  attachable: isFlag,
  configOnly: isFlag,
  labels: isObject,
  options: isObject,
  pools: listOfShape<AddressPool>({
    subnet: isText,
    range: optional(isText),
    gateway: optional(isText),
    auxiliary: optional(isObject),
  }),
  chosen: isFlag,
};

/** The network store over a database. */
export function createNetworkStore(database: Database): NetworkStore {
  return {
    put: (record) => database.write([{ table: 'networks', key: record.id, record }]),
    remove: (id) => database.write([{ table: 'networks', key: id, record: undefined }]),
    async list() {
      const entries = await database.entries('networks');
      return entries.map(([key, record]) => checkRecord('networks', key, record, SHAPE));
    },
  };
}
