"""Answers to a registration form, changed later."""

from typing import Any

import graphene

from events import answers as answering
from network.doors import Permission
from network.global_ids import number_of

from ...acts import Act
from ..questions import AnswerInput, given
from ..tickets import Registration


class ChangeAnswers(Act, permission=Permission.SIGNED_IN, budget="answer"):
    """Change answers until the deadline; questions that are not named keep theirs."""

    class Input:
        """Which registration, and the answers that change."""

        registration_id = graphene.ID(required=True, description="Its id.")
        answers = graphene.List(graphene.NonNull(AnswerInput), required=True, description="The new answers.")

    registration = graphene.Field(Registration, description="With its answers as they are now.")

    @staticmethod
    def do(caller: Any, *, registration_id: str, answers: Any) -> dict[str, Any]:
        number = number_of(registration_id, "Registration")
        changed = answering.change(registration_id=number, answers=given(answers), actor=caller.viewer, at=caller.at)
        return {"registration": changed}
