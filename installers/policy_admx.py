# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Group Policy templates: ADMX says what is written where, ADML says it in words.

https://learn.microsoft.com/previous-versions/windows/desktop/policy/admx-schema
"""

from collections.abc import Callable, Iterable
from xml.etree import ElementTree as ET

from connection_client.domain.setting import Choice, Number
from connection_client.domain.settings import AnySetting
from connection_client.storage.managed_policies import REGISTRY_KEY

NAMESPACE = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"
_CATEGORY = "ConnectionClient"
_ATTRIBUTES = {"revision": "1.0", "schemaVersion": "1.0"}


def admx(settings: Iterable[AnySetting]) -> bytes:
    """What each policy writes into the registry, for a computer or for a person."""
    root = ET.Element("policyDefinitions", {"xmlns": NAMESPACE} | _ATTRIBUTES)
    spaces = ET.SubElement(root, "policyNamespaces")
    ET.SubElement(spaces, "target", prefix="connectionclient", namespace="ConnectionClient.Policies")
    ET.SubElement(spaces, "using", prefix="windows", namespace="Microsoft.Policies.Windows")
    ET.SubElement(root, "resources", minRequiredRevision="1.0")
    supported = ET.SubElement(ET.SubElement(root, "supportedOn"), "definitions")
    ET.SubElement(supported, "definition", name="Supported", displayName="$(string.Supported)")
    categories = ET.SubElement(root, "categories")
    ET.SubElement(categories, "category", name=_CATEGORY, displayName="$(string.Category)")
    policies = ET.SubElement(root, "policies")
    for setting in settings:
        _add_policy(policies, setting)
    return _written(root)


def _add_policy(policies: ET.Element, setting: AnySetting) -> None:
    key = setting.policy_key
    attributes = {
        "name": key,
        "class": "Both",
        "displayName": f"$(string.{key})",
        "explainText": f"$(string.{key}_help)",
        "key": REGISTRY_KEY,
    }
    is_flag = isinstance(setting.default, bool)
    attributes |= {"valueName": key} if is_flag else {"presentation": f"$(presentation.{key})"}
    policy = ET.SubElement(policies, "policy", attributes)
    ET.SubElement(policy, "parentCategory", ref=_CATEGORY)
    ET.SubElement(policy, "supportedOn", ref="Supported")
    if is_flag:
        for name, number in (("enabledValue", "1"), ("disabledValue", "0")):
            ET.SubElement(ET.SubElement(policy, name), "decimal", value=number)
        return
    elements = ET.SubElement(policy, "elements")
    match setting.read:
        case Number(lowest, highest):
            limits = {"minValue": str(lowest), "maxValue": str(highest), "required": "true"}
            ET.SubElement(elements, "decimal", {"id": key, "valueName": key} | limits)
        case Choice(words):
            choice = ET.SubElement(elements, "enum", id=key, valueName=key, required="true")
            for word in words:
                item = ET.SubElement(choice, "item", displayName=f"$(string.{key}_{word})")
                ET.SubElement(ET.SubElement(item, "value"), "string").text = word
        case _:
            ET.SubElement(elements, "text", id=key, valueName=key, required="true")


def adml(settings: Iterable[AnySetting], translate: Callable[[str], str] = str) -> bytes:
    """The words of the templates: in English, or in the language of `translate`."""
    root = ET.Element("policyDefinitionResources", {"xmlns": NAMESPACE} | _ATTRIBUTES)
    ET.SubElement(root, "displayName").text = "CONNECTION Client"
    ET.SubElement(root, "description").text = translate("Settings of CONNECTION Client")
    resources = ET.SubElement(root, "resources")
    strings = ET.SubElement(resources, "stringTable")
    presentations = ET.SubElement(resources, "presentationTable")
    _add_string(strings, "Category", "CONNECTION Client")
    _add_string(strings, "Supported", translate("CONNECTION Client 1.0 and newer, Windows 10 and newer"))
    for setting in settings:
        key, title = setting.policy_key, translate(setting.title)
        allowed = translate("Allowed: {allowed}.").format(allowed=translate(setting.allowed))
        _add_string(strings, key, title)
        # The name in scripts and in the registry is the same in every language.
        _add_string(strings, f"{key}_help", f"{translate(setting.help)} {allowed} ({key})")
        if isinstance(setting.read, Choice):
            for word, name in zip(setting.read.words, setting.read.names, strict=True):
                _add_string(strings, f"{key}_{word}", translate(name))
        if not isinstance(setting.default, bool):
            _add_presentation(ET.SubElement(presentations, "presentation", id=key), setting, title)
    return _written(root)


def _add_presentation(presentation: ET.Element, setting: AnySetting, title: str) -> None:
    """The field in which an administrator types the value."""
    key = setting.policy_key
    match setting.read:
        case Number():
            field = {"refId": key, "defaultValue": str(setting.default)}
            ET.SubElement(presentation, "decimalTextBox", field).text = title
        case Choice(words):
            place = str(words.index(str(setting.default)))
            ET.SubElement(presentation, "dropdownList", refId=key, defaultItem=place).text = title
        case _:
            box = ET.SubElement(presentation, "textBox", refId=key)
            ET.SubElement(box, "label").text = title
            ET.SubElement(box, "defaultValue").text = str(setting.default or "")


def _add_string(strings: ET.Element, name: str, text: str) -> None:
    ET.SubElement(strings, "string", id=name).text = text


def _written(root: ET.Element) -> bytes:
    ET.indent(root)
    written: bytes = ET.tostring(root, "utf-8", xml_declaration=True)
    return written + b"\n"
