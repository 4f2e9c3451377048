"""Which handler makes, changes and deletes a type: ours where there is one, else MiniStack's."""
import hashlib

from ministack.services.cloudformation import provisioners

_ours = {}
_stack_id = ""


def _physical_name(stack_name, logical_id, *, lowercase=False, max_len=128):
    """A stack of the same name that is made again gets other names, as in AWS: MiniStack's would meet what was kept."""
    suffix = hashlib.sha256(f"{_stack_id}:{logical_id}".encode()).hexdigest()[:13].upper()
    name = f"{stack_name}-{logical_id}-"[:max(max_len - len(suffix), 0)] + suffix
    return (name.lower() if lowercase else name)[:max_len]


provisioners._physical_name = _physical_name


def work_for(stack_id):
    """Stacks are changed one after another."""
    global _stack_id
    _stack_id = stack_id


class Subject:
    """A resource as CloudFormation is about to make, change or delete it; `old` is its record, where it exists."""

    def __init__(self, kind, logical_id, stack, props, old=None):
        self.kind, self.logical_id, self.stack, self.props, self.old = kind, logical_id, stack, props, old
        self.suffix = ""

    @property
    def physical(self):
        return self.old["PhysicalResourceId"]

    @property
    def attributes(self):
        return self.old["Attributes"]

    @property
    def before(self):
        return self.old["Properties"] if self.old else {}

    def changed(self):
        return {key for key in {*self.before, *self.props} if self.before.get(key) != self.props.get(key)}

    @property
    def seed(self):
        """A replacement lives beside the old one for a while, so its generated name differs."""
        return self.logical_id + self.suffix

    def generated(self, given=None, lowercase=False, limit=128):
        return given or _physical_name(self.stack, self.seed, lowercase=lowercase, max_len=limit)


def handles(kind, records_only=False):
    """Registers a class with `create`, `update` and `delete`; `records_only` marks what has nothing behind it."""
    def register(handler):
        handler.records_only = records_only
        _ours[kind] = handler
        return handler
    return register


def recorded_types():
    return sorted(kind for kind, handler in _ours.items() if handler.records_only)


def missing_types():
    return sorted(set(_ours) - set(provisioners._RESOURCE_HANDLERS))


def create(subject):
    if subject.kind in _ours:
        return _ours[subject.kind].create(subject)
    return provisioners._provision_resource(subject.kind, subject.seed, subject.props, subject.stack)


def update(subject):
    handler = _ours.get(subject.kind)
    if hasattr(handler, "update"):
        return subject.physical, handler.update(subject) or subject.attributes
    if subject.changed() == {"Tags"}:
        return subject.physical, subject.attributes
    theirs = provisioners._RESOURCE_HANDLERS.get(subject.kind, {})
    if "update" in theirs:
        return theirs["update"](subject.physical, subject.before, subject.props, subject.stack)
    raise ValueError(f"the rehearsal cannot change {', '.join(sorted(subject.changed()))} of {subject.kind} in place yet")


def delete(subject):
    handler = _ours.get(subject.kind)
    if hasattr(handler, "delete"):
        handler.delete(subject)
    else:
        provisioners._delete_resource(subject.kind, subject.physical, subject.props, subject.stack, subject.logical_id)


def snapshot(subject):
    handler = _ours.get(subject.kind)
    if not hasattr(handler, "snapshot"):
        raise ValueError(f"{subject.kind} has no snapshots: DeletionPolicy Snapshot is refused")
    handler.snapshot(subject)
