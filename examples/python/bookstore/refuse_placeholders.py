from aws_cdk import App, CfnParameter, CfnRule, CfnRuleAssertion, Fn, Stack


def refuse_placeholders(app: App, names: list[str]) -> None:
    """As long as settings hold placeholders, CloudFormation refuses every stack with a sentence, before it creates or changes anything.

    Synthesis works all the same.
    """
    if not names:
        return
    for stack in app.node.children:
        if not isinstance(stack, Stack):
            continue
        left = CfnParameter(stack, "Placeholders", default=", ".join(names), description="Settings that hold no value of your own yet")
        sentence = f"{', '.join(names)}: still a placeholder. Write your own value into the context of cdk.json, and deploy again."
        assertion = CfnRuleAssertion(assert_=Fn.condition_equals(left.value_as_string, ""), assert_description=sentence)
        CfnRule(stack, "OwnSettings", assertions=[assertion])
