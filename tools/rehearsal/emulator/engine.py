"""How CloudFormation changes a stack: only what changed, replacements before deletions, and back to what was before on failure.

MiniStack touches every resource on an update, replaces nothing and deletes on rollback what was there before; this stands in for it.
"""
import asyncio
import copy

import ministack.services.cloudformation as cfn
from ministack.core.responses import new_uuid, now_iso
from ministack.services.cloudformation import changesets, handlers, stacks
from ministack.services.cloudformation.engine import _NO_VALUE, _evaluate_conditions, _extract_deps, _resolve_refs, _topological_sort

import refusals
import spec
import types_registry as registry

_running = []


def install():
    handlers._deploy_stack_async = changesets._deploy_stack_async = _deploy
    handlers._delete_stack_async = _delete
    handlers._create_stack_task_in_region = changesets._create_stack_task_in_region = _start
    original = cfn.handle_request

    async def answer_when_done(*args):
        response = await original(*args)
        while _running:
            await _running.pop()
        return response
    cfn.handle_request = answer_when_done
    by_name = handlers._ACTION_HANDLERS["DeleteStack"]
    handlers._ACTION_HANDLERS["DeleteStack"] = lambda params: by_name({**params, "StackName": [_name_of(params["StackName"])]})
    handlers._ACTION_HANDLERS["DeleteChangeSet"] = _delete_change_set
    resolved = changesets._resolve_props_for_diff
    changesets._resolve_props_for_diff = lambda template, *rest: _whole(template, resolved(template, *rest))
    changesets._diff_resources = _difference


def _start(work, stack, stack_id=None):
    with stacks._stack_region_context(stack, stack_id):
        _running.append(asyncio.get_event_loop().create_task(work))


def _delete_change_set(params):
    """One that is not there is no error in AWS, and the CDK command asks for it before it makes its own."""
    answer = changesets._delete_change_set(params)
    return changesets._xml(200, "DeleteChangeSetResponse", "") if answer[0] == 404 else answer


def _name_of(given):
    """The CDK command names a stack to delete by its ARN, which MiniStack does not find."""
    text = given[0] if isinstance(given, list) else given
    return text.split("/")[1] if text.startswith("arn:") else text


def _whole(template, resolved):
    """A change of outputs alone is a change too."""
    return {"Resources": {**resolved.get("Resources", {}), "Outputs": {"Type": "Outputs", "Properties": (template or {}).get("Outputs", {})}}}


def _difference(old, new):
    parts = ("Type", "Properties", "DeletionPolicy", "UpdateReplacePolicy", "Metadata")
    before, after = old.get("Resources", {}), new.get("Resources", {})
    changes = []
    for key in sorted(before.keys() | after.keys()):
        was, now = before.get(key), after.get(key)
        if was is not None and now is not None and all(was.get(part) == now.get(part) for part in parts):
            continue
        action = "Add" if was is None else "Remove" if now is None else "Modify"
        changes.append({"ResourceChange": {"Action": action, "LogicalResourceId": key, "ResourceType": (now or was)["Type"], "Replacement": "False"}})
    return changes


async def _deploy(stack_name, stack_id, template, params, _disable_rollback, _tags, is_update=False, previous_stack=None):
    await asyncio.to_thread(Change(stack_name, stack_id, template, params, previous_stack if is_update else None).run)


async def _delete(stack_name, stack_id):
    await asyncio.to_thread(_delete_stack, stack_name, stack_id)


class Change:
    def __init__(self, name, stack_id, template, params, previous):
        self.name, self.stack_id, self.template, self.params, self.previous = name, stack_id, template, params, previous
        self.stack = cfn._stacks[name]
        self.verb = "CREATE" if previous is None else "UPDATE"
        self.records = copy.deepcopy(previous["_resources"]) if previous else {}
        self.undo = []
        self.superseded = []

    def run(self):
        registry.work_for(self.stack_id)
        try:
            self.conditions = _evaluate_conditions(self.template, self.params)
            order = _topological_sort(self.template["Resources"], self.conditions)
            for logical_id in order:
                self.bring(logical_id, self.template["Resources"][logical_id])
            outputs = self.outputs()
            refusals.export_in_use(self.name, outputs, self.previous["Outputs"] if self.previous else [])
        except Exception as problem:  # whatever stops a resource is a failed resource: CloudFormation rolls back
            self.roll_back(str(problem))
            return
        gone = [one for one in self.records if one not in order]
        self.clean_up(gone)
        self.finish(outputs)

    def resolve(self, value):
        return _resolve_refs(copy.deepcopy(value), self.records, self.params, self.conditions, self.template.get("Mappings", {}), self.name, self.stack_id)

    def bring(self, logical_id, definition):
        kind = definition["Type"]
        refusals.attributes_exist(definition, self.records)
        props = {key: value for key, value in self.resolve(definition.get("Properties", {})).items() if value is not _NO_VALUE}
        old = self.records.get(logical_id)
        policies = {"DeletionPolicy": definition.get("DeletionPolicy", "Delete"), "UpdateReplacePolicy": definition.get("UpdateReplacePolicy", "Delete")}
        if old is not None and old["ResourceType"] == kind and old["Properties"] == props:
            self.records[logical_id] = {**old, **policies}
            return
        subject = registry.Subject(kind, logical_id, self.name, props, old)
        try:
            self.event(logical_id, kind, f"{'CREATE' if old is None else 'UPDATE'}_IN_PROGRESS")
            refusals.before_change(subject)
            if old is None:
                self.create(subject, policies)
            elif old["ResourceType"] != kind or spec.replaces(kind, subject.changed()):
                refusals.custom_name(subject)
                self.event(logical_id, kind, "UPDATE_IN_PROGRESS", "Requested update requires the creation of a new physical resource; hence creating one.")
                subject.suffix = new_uuid()[:8]
                self.superseded.append((logical_id, old))
                self.create(subject, policies)
            else:
                physical, attributes = registry.update(subject)
                changed = self.record(subject, physical, attributes, policies)
                self.records[logical_id] = changed
                self.undo.append(lambda: registry.update(registry.Subject(kind, logical_id, self.name, old["Properties"], changed)))
        except Exception as problem:
            self.event(logical_id, kind, f"{'CREATE' if old is None else 'UPDATE'}_FAILED", str(problem))
            raise ValueError(f"Resource {logical_id} ({kind}) failed: {problem}") from problem
        self.event(logical_id, kind, f"{'CREATE' if old is None else 'UPDATE'}_COMPLETE", physical=self.records[logical_id]["PhysicalResourceId"])

    def create(self, subject, policies):
        physical, attributes = registry.create(subject)
        made = self.record(subject, physical, attributes, policies)
        refusals.claim(made)
        self.records[subject.logical_id] = made
        self.undo.append(lambda: self.remove(subject.logical_id, made, made["DeletionPolicy"]))

    def record(self, subject, physical, attributes, policies):
        return {
            "PhysicalResourceId": physical, "ResourceType": subject.kind, "ResourceStatus": f"{self.verb}_COMPLETE", "LogicalResourceId": subject.logical_id,
            "Properties": subject.props, "Attributes": attributes, "Timestamp": now_iso(), **policies,
        }

    def outputs(self):
        made = []
        for key, one in self.template.get("Outputs", {}).items():
            if "Condition" in one and not self.conditions.get(one["Condition"], True):
                continue
            refusals.attributes_exist(one, self.records)
            entry = {"OutputKey": key, "OutputValue": str(self.resolve(one.get("Value", ""))), "Description": one.get("Description", "")}
            if one.get("Export"):
                entry["ExportName"] = str(self.resolve(one["Export"]["Name"]))
            made.append(entry)
        return made

    def clean_up(self, gone):
        dependants_first = list(reversed(_old_order(self.previous, gone))) if self.previous else []
        for logical_id in dependants_first:
            self.try_to_remove(logical_id, self.records.pop(logical_id), "DeletionPolicy")
        for logical_id, old in reversed(self.superseded):
            self.try_to_remove(logical_id, old, "UpdateReplacePolicy")

    def try_to_remove(self, logical_id, record, policy):
        try:
            self.remove(logical_id, record, record.get(policy, "Delete"))
        except Exception as problem:
            self.event(logical_id, record["ResourceType"], "DELETE_FAILED", str(problem), record["PhysicalResourceId"])

    def remove(self, logical_id, record, policy):
        _remove(self.stack_id, self.name, logical_id, record, policy)

    def finish(self, outputs):
        for one in self.stack.get("Outputs", []):
            cfn._exports.pop(one.get("ExportName"), None)
        for one in outputs:
            if "ExportName" in one:
                cfn._exports[one["ExportName"]] = {"StackId": self.stack_id, "Name": one["ExportName"], "Value": one["OutputValue"]}
        self.stack.update({"_resources": self.records, "_template": self.template, "_resolved_params": self.params, "Outputs": outputs})
        self.status(f"{self.verb}_COMPLETE")

    def roll_back(self, reason):
        prefix = "ROLLBACK" if self.previous is None else "UPDATE_ROLLBACK"
        self.status(f"{prefix}_IN_PROGRESS", reason)
        for step in reversed(self.undo):
            try:
                step()
            except Exception as problem:
                self.status(f"{prefix}_FAILED", f"{reason} Then, rolling back: {problem}")
                return
        if self.previous is not None:
            before = ("_resources", "_template", "_template_body", "_resolved_params", "Outputs")
            self.stack.update({key: self.previous[key] for key in before})
        else:
            self.stack["_resources"] = {}
        self.status(f"{prefix}_COMPLETE")

    def status(self, status, reason=""):
        self.stack["StackStatus"], self.stack["StackStatusReason"] = status, reason
        stacks._add_event(self.stack_id, self.name, self.name, "AWS::CloudFormation::Stack", status, reason, self.stack_id)

    def event(self, logical_id, kind, status, reason="", physical=""):
        stacks._add_event(self.stack_id, self.name, logical_id, kind, status, reason, physical)


def _old_order(previous, logical_ids):
    order = _topological_sort(previous["_template"]["Resources"], {})
    return [one for one in order if one in logical_ids]


def _remove(stack_id, stack_name, logical_id, record, policy):
    kind, physical = record["ResourceType"], record["PhysicalResourceId"]
    if policy in ("Retain", "RetainExceptOnCreate"):
        stacks._add_event(stack_id, stack_name, logical_id, kind, "DELETE_SKIPPED", "", physical)
        return
    subject = registry.Subject(kind, logical_id, stack_name, record["Properties"], record)
    refusals.before_deletion(subject)
    if policy == "Snapshot":
        registry.snapshot(subject)
    registry.delete(subject)
    refusals.release(record)
    stacks._add_event(stack_id, stack_name, logical_id, kind, "DELETE_COMPLETE", "", physical)


def _delete_stack(stack_name, stack_id):
    """Goes on after a refusal with what does not depend on the refused resource, as CloudFormation does."""
    registry.work_for(stack_id)
    stack = cfn._stacks[stack_name]
    stacks._add_event(stack_id, stack_name, stack_name, "AWS::CloudFormation::Stack", "DELETE_IN_PROGRESS", "", stack_id)
    definitions, records = stack["_template"].get("Resources", {}), stack["_resources"]
    refused, reasons = set(), []
    for logical_id in reversed(_topological_sort(definitions, stack.get("_conditions", {}))):
        record = records.get(logical_id)
        if record is None:
            continue
        holders = {one for one in refused if logical_id in _extract_deps(definitions[one], set(definitions))}
        if holders:
            refused.add(logical_id)
            continue
        try:
            _remove(stack_id, stack_name, logical_id, record, record.get("DeletionPolicy", "Delete"))
            del records[logical_id]
        except Exception as problem:
            refused.add(logical_id)
            reasons.append(f"{logical_id} ({record['ResourceType']}): {problem}")
            stacks._add_event(stack_id, stack_name, logical_id, record["ResourceType"], "DELETE_FAILED", str(problem), record["PhysicalResourceId"])
    if not refused:
        for one in stack.get("Outputs", []):
            cfn._exports.pop(one.get("ExportName"), None)
    stack["StackStatus"] = "DELETE_FAILED" if refused else "DELETE_COMPLETE"
    stack["StackStatusReason"] = f"The following resource(s) failed to delete: {'; '.join(reasons)}" if refused else ""
    stacks._add_event(stack_id, stack_name, stack_name, "AWS::CloudFormation::Stack", stack["StackStatus"], stack["StackStatusReason"], stack_id)
