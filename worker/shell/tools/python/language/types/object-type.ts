/** Methods of `object`, `type`, and of what functions and descriptors are. */
import { classOf, className, textOf } from '../objects/classes.ts';
import {
  cellType,
  classMethodType,
  Dict,
  functionType,
  List,
  methodType,
  moduleType,
  nativeFunctionType,
  noneType,
  NOT_IMPLEMENTED,
  objectType,
  Property,
  propertyType,
  staticMethodType,
  Tuple,
  typeType,
  WrappedMethod,
} from '../objects/containers.ts';
import { typeError } from '../objects/exceptions.ts';
import { BoundMethod, Instance, ModuleObject, NativeFunction, TypeObject, type Value } from '../objects/values.ts';
import { deleteAttribute, getAttribute, setPlainAttribute } from '../machine/attributes.ts';
import { construct } from '../machine/calls.ts';
import { createClass } from '../machine/class-building.ts';
import { builtinEquals } from '../machine/comparison.ts';
import { methods } from '../machine/native.ts';
import { builtinRepr, repr, str } from '../machine/representation.ts';
import { call } from '../machine/steps.ts';
import { numericHash } from '../builtins/hash-values.ts';

const CONSTRUCTOR = { names: [], required: 0, positionalOnly: 0, positional: 0, rest: false, keywords: false };

function boundTo(self: Value, callable: Value): BoundMethod {
  return new BoundMethod(methodType, self, callable);
}

methods(
  objectType,
  {
    '__new__(cls, *args, **keywords)': ([cls]) => {
      if (!(cls instanceof TypeObject)) throw typeError('object.__new__(X): X is not a type object');
      return new Instance(cls);
    },
    '__init__(*args, **keywords)': () => null,
    '__repr__()': ([self], machine) => builtinRepr(self!, machine),
    '__str__()': ([self], machine) => repr(self!, machine),
    '__eq__(other)': ([self, other], machine) =>
      self === other ? true : builtinEquals(self!, other!, machine) ? true : NOT_IMPLEMENTED,
    '__ne__(other)': ([self, other], machine) => !builtinEquals(self!, other!, machine),
    '__hash__()': ([self]) => numericHash(self!),
    '__format__(spec)': ([self, spec], machine) => {
      const text = textOf(spec) ?? '';
      if (text !== '') throw typeError(`unsupported format string passed to ${className(self!)}.__format__`);
      return str(self!, machine);
    },
    '__dir__()': ([self]) => new List([...classOf(self!).attributes.keys()]),
    '__reduce_ex__(protocol)': () => null,
    '__sizeof__()': () => 48,
  },
  {
    *'__getattribute__(name)'([self, name]) {
      return yield* getAttribute(self!, textOf(name) ?? '');
    },
    *'__setattr__(name, value)'([self, name, value], machine) {
      return yield* setPlainAttribute(self!, textOf(name) ?? '', value!, machine);
    },
    *'__delattr__(name)'([self, name]) {
      return yield* deleteAttribute(self!, textOf(name) ?? '');
    },
  },
);

methods(
  typeType,
  {
    '__new__(cls, name, bases=, namespace=, **keywords)': ([cls, name, bases, namespace]) => {
      if (!(namespace instanceof Dict) || !(bases instanceof Tuple)) return classOf(name!);
      const names = new Map([...namespace.entries.values()].map(({ key, value }) => [textOf(key) ?? '', value]));
      return createClass(textOf(name) ?? '', bases.items, names, cls instanceof TypeObject ? cls : typeType);
    },
    '__init__(*args, **keywords)': () => null,
    'mro()': ([self]) => new List(self instanceof TypeObject ? [...self.mro] : []),
    '__subclasses__()': () => new List([]),
    '__instancecheck__(instance)': ([self, value]) => self instanceof TypeObject && classOf(value!).isSubclassOf(self),
    '__or__(other)': ([self]) => self!,
  },
  {
    *'__call__(*args, **keywords)'([self, args, keywords], machine) {
      if (!(self instanceof TypeObject)) throw typeError('not a type');
      const given = args instanceof Tuple ? args.items : [];
      const named =
        keywords instanceof Dict
          ? new Map([...keywords.entries.values()].map(({ key, value }) => [textOf(key) ?? '', value]))
          : undefined;
      return yield* call(
        new NativeFunction(
          nativeFunctionType,
          self.name,
          CONSTRUCTOR,
          { kind: 'plain', run: () => construct(machine, self, given, named)! },
          false,
        ),
      );
    },
  },
);

methods(noneType, { '__new__(cls)': () => null, '__bool__()': () => false });
methods(moduleType, {
  '__new__(cls, name, doc=)': ([, name]) =>
    new ModuleObject(moduleType, textOf(name) ?? '', new Map([['__name__', name!]])),
});
for (const type of [functionType, nativeFunctionType, methodType, staticMethodType])
  methods(
    type,
    {},
    {
      *'__call__(*args, **keywords)'([self, args, keywords]) {
        const named =
          keywords instanceof Dict && keywords.size > 0
            ? new Map([...keywords.entries.values()].map(({ key, value }) => [textOf(key) ?? '', value]))
            : undefined;
        return yield* call(self!, args instanceof Tuple ? args.items : [], named);
      },
    },
  );
methods(functionType, {
  '__get__(instance, owner=)': ([self, instance]) => (instance === null ? self! : boundTo(instance!, self!)),
});
methods(methodType, { '__new__(cls, function, instance)': ([, callable, instance]) => boundTo(instance!, callable!) });
methods(cellType, { '__new__(cls)': () => null });

methods(propertyType, {
  '__new__(cls, fget=, fset=, fdel=, doc=)': ([cls, getter = null, setter = null, deleter = null]) =>
    new Property(getter, setter, deleter, cls instanceof TypeObject ? cls : propertyType),
  'getter(function)': ([self, getter]) => changed(self!, { getter: getter! }),
  'setter(function)': ([self, setter]) => changed(self!, { setter: setter! }),
  'deleter(function)': ([self, deleter]) => changed(self!, { deleter: deleter! }),
});

function changed(self: Value, change: { getter?: Value; setter?: Value; deleter?: Value }): Property {
  if (!(self instanceof Property)) throw typeError('not a property');
  return new Property(
    change.getter ?? self.getter,
    change.setter ?? self.setter,
    change.deleter ?? self.deleter,
    self.cls,
  );
}

for (const type of [staticMethodType, classMethodType])
  methods(type, {
    '__new__(cls, function)': ([cls, callable]) => new WrappedMethod(cls instanceof TypeObject ? cls : type, callable!),
  });
