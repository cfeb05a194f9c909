"""Every fixed sentence the assistant says."""

from __future__ import annotations

from assistant.dialogue.language import Language
from assistant.dialogue.reply import Citation, Reason
from assistant.dialogue.routing import Route

NAME = "Personalized Learning Policy Assistant"
WHAT_IT_IS = (
    "Answers questions about personalized-learning policy by quoting a curated library, "
    "with a citation for every quote; it is not legal advice, and it says so when no answer is found."
)

COURTESIES: dict[Route, str] = {
    "greeting": "Hello. Ask me about personalized-learning policy, and I will quote what the library says.",
    "thanks": "You are welcome. Is there anything else you would like to look up?",
    "farewell": "Goodbye. The library is here whenever you need it.",
    "about": (
        "I am a search assistant for a curated library on personalized-learning policy. I find the passages "
        "that answer a question and quote them word for word, each with a citation that opens the passage. "
        "I write nothing of my own, and when I find no answer I say so. I give no legal advice."
    ),
}

ABSTENTIONS: dict[Reason, str] = {
    "not_covered": (
        "No answer was found: no passage of the library answers the question surely enough to be quoted as an answer."
    ),
    "out_of_scope": (
        "This library is about personalized-learning policy, and nothing near to the question was found in it."
    ),
    "too_vague": "The question says too little to search by. Please say what it is about, in a sentence.",
    "not_understood": "The question was not understood. Please say it in other words, in a sentence.",
    "advice": (
        "That asks for advice or an opinion, legal, personal or political, which this library does not give. "
        "It can say what laws, programs and studies say."
    ),
    "other_language": (
        "The library is in English and can only be searched in English. Please ask the question in English."
    ),
}

NOTICES: dict[Language, str] = {
    "es": (
        "La biblioteca está en inglés y solo se puede consultar en inglés. "
        "Haga su pregunta en inglés o elija una de las preguntas en inglés."
    ),
    "fr": (
        "La bibliothèque est en anglais et ne peut être consultée qu’en anglais. "
        "Posez votre question en anglais ou choisissez l’une des questions en anglais."
    ),
    "pt": (
        "A biblioteca está em inglês e só pode ser consultada em inglês. "
        "Faça a sua pergunta em inglês ou escolha uma das perguntas em inglês."
    ),
    "zh": "本资料库为英文，只能用英文查询。请用英文提问，或选择一个英文问题。",
    "vi": (
        "Thư viện này bằng tiếng Anh và chỉ có thể tra cứu bằng tiếng Anh. "
        "Vui lòng đặt câu hỏi bằng tiếng Anh hoặc chọn một câu hỏi tiếng Anh."
    ),
    "ar": (
        "هذه المكتبة باللغة الإنجليزية ولا يمكن البحث فيها إلا بالإنجليزية. "
        "يُرجى طرح سؤالك بالإنجليزية أو اختيار أحد الأسئلة بالإنجليزية."
    ),
    "tl": (
        "Nasa Ingles ang aklatang ito at sa Ingles lamang makapaghahanap dito. "
        "Magtanong po sa Ingles o pumili ng isa sa mga tanong sa Ingles."
    ),
}
"""What `ABSTENTIONS["other_language"]` says, for who asked in one of these languages."""

SUPERSEDED = "Superseded by “{title}”"
IN_FORCE = "In force; supersedes “{title}”"
NOT_COVERED = "No answer was found to this part of the question:"
CLOSEST = "We are not sure that this answers your question. The closest passage in the library:"
OTHERS = "Other passages that are near:"
MORE = "Not what you asked?"
CLARIFICATION = "It is not clear from the question what it is about. Which of these do you mean?"
NEAREST = "Questions the library does answer:"
FAILURE = "Something went wrong on our side, and the question was not answered. Please try again in a moment."


def standing(citation: Citation) -> str:
    """Say whether an edition was superseded or is in force; empty for a document that has only one."""
    if citation.superseded_by is not None:
        return SUPERSEDED.format(title=citation.superseded_by.title)
    return IN_FORCE.format(title=citation.supersedes) if citation.supersedes else ""
