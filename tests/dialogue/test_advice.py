from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import phrases

from assistant.dialogue.advice import asks_for_advice

ADVICE = """Can I sue my school district over its grading policy?
Could we take the district to court for that?
Am I breaking the law if I keep my child at home?
Are we liable if a pilot fails?
I need legal advice about seat time waivers
What should my lawyer say about it?
Should I vote for the candidate who wants vouchers?
Who should I vote for in the school board election?
Are Republicans right about school choice?
Which party is better on education?
Should I send my child to a microschool?
Should we move our daughter to another school?
Should I quit my job as a teacher?
What do you think of competency-based education?
What is your opinion on standardized tests?"""

POLICY = """Should states fund microschools?
What should a legislature do first?
How should we measure mastery?
Should we require seat time?
Can districts be sued under IDEA?
Can a state lose federal money under ESSA?
What does the law say about attendance?
Which states allow competency-based credit?
Who votes on waivers?
How do school boards vote on pilots?
What do teachers think of personalized learning?
How do parents feel about competency-based grading?
What did the governor say about pilots?
Is Kentucky better than Ohio on waivers?
Which approach is best for rural schools?
Do you have examples of state pilots?
What do critics say about personalized learning?
What is the opinion of the attorney general on waivers?
Which candidate schools were chosen for the pilot?
Are students right to worry about their data?
What happens when a student moves to another school?
How can I find the text of the act?
Where can we apply for a waiver?
What do experts recommend about assessment?
What do you know about innovation zones?
Can I read the bill?"""


@pytest.mark.parametrize("question", ADVICE.split("\n"))
def test_questions_for_advice(question):
    """Who asks what to do in a case of their own, or for an opinion, asks for advice."""
    assert asks_for_advice(question)


@pytest.mark.parametrize("question", POLICY.split("\n"))
def test_questions_about_policy(question):
    """A question about what laws say, states do or others think is no question for advice."""
    assert not asks_for_advice(question)


@pytest.mark.parametrize("question", ADVICE.split("\n"))
def test_spelling_does_not_matter(question):
    """Advice is asked for in capitals and without a question mark as well."""
    assert asks_for_advice(question.upper())
    assert asks_for_advice(question.lower().rstrip("?"))


@given(phrases)
def test_words_of_the_library_ask_for_no_advice(question):
    """Words as they stand in a library ask for no advice, however they are put together."""
    assert not asks_for_advice(question)


@given(st.text())
def test_any_text_is_told(text):
    """Any text is told one way or the other."""
    assert asks_for_advice(text) in (True, False)
