from __future__ import annotations

import pytest

from assistant.dialogue.routing import route

GREETINGS = (
    "hi|Hello!|hey there|HELLO|good morning|Good afternoon, all|hi, how are you?|how are you doing today|hiii|greetings"
)
THANKS = (
    "thanks|Thank you!|thank you so much|ok thanks|Thanks a lot.|many thanks|thx|cheers|great, thanks|ok|got it|I see, thanks|"
    "that's very helpful|that was helpful, thank you|thanks, bye|much appreciated"
)
FAREWELLS = (
    "bye|Goodbye!|bye bye|see you later|have a nice day|thanks, that's all|that's all|thats all thanks|That will be all.|"
    "no, that's all for now|nothing else, thanks|I'm done|no thanks|No, thank you.|ok bye|bye for now|take care!|see ya|"
    "have a good one|good night|That's it, thank you!|no more questions|I have everything I need, thank you|all set, thanks|"
    "that is everything I needed to know|great, that's it|We're good, thanks|perfect, that's all I needed, bye|that's all folks"
)
ABOUT = (
    "who are you?|What are you|what is this|What is this tool?|what can you do|what can you help with|how does this work?|"
    "how do you work|are you a bot?|is this AI|are you ChatGPT|help|help me please|what should I ask?|what's your name?|"
    "hi, who are you?|what does this assistant do?|How can I use this site?"
)
QUESTIONS = (
    "hi, what is seat time?|hello can a state waive attendance laws|thanks, and how much does it cost?|"
    "who are you to decide what a state does|what is this law about|how does this work for English learners|"
    "help for students with disabilities|what can you tell me about waivers|is this legal?|history|hire teachers|"
    "good policies|what is a good day for students|hey what about Utah|what is this figure of 39 states|bye-laws of a board|"
    "how can this help rural students|how are you funding pilots|that's all the states?|is that all|exit exams|what else|"
    "all good schools|close the achievement gap|stop the pilot|no child left behind|nothing else changed in Maine|"
    "end of course exams|no more seat time|take care of students"
)


@pytest.mark.parametrize("typed", GREETINGS.split("|"))
def test_greetings(typed):
    """A greeting gets a greeting."""
    assert route(typed) == "greeting"


@pytest.mark.parametrize("typed", THANKS.split("|"))
def test_thanks(typed):
    """Thanks and praise are not searched for."""
    assert route(typed) == "thanks"


@pytest.mark.parametrize("typed", FAREWELLS.split("|"))
def test_farewells(typed):
    """A farewell is not searched for."""
    assert route(typed) == "farewell"


@pytest.mark.parametrize("typed", ABOUT.split("|"))
def test_about_the_assistant(typed):
    """Who asks what this is gets told, however it is put."""
    assert route(typed) == "about"


@pytest.mark.parametrize("typed", QUESTIONS.split("|"))
def test_questions(typed):
    """Whatever asks about the library is searched, with a greeting before it or not."""
    assert route(typed) == "question"
