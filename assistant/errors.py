"""Every exception raised on purpose.

::

    AssistantError
    ├── SettingError            a setting has a value that can't be used
    ├── DocumentError           a source document can't be read (file, line, what to do)
    │   ├── FileEncrypted       it needs a password
    │   ├── FileWithoutText     its pages are pictures, or it is blank
    │   ├── FileDamaged         its bytes are not what its format says
    │   ├── FileMisnamed        it is of another format than its name says
    │   ├── FileTooLarge        too many bytes, entries, pages, cells or characters, packed or unpacked
    │   ├── FileUnsafe          a link, a path that leaves the file, an entity, a file within a file
    │   └── FileTooSlow         reading it took more time or memory than a file gets
    ├── CorpusError             the corpus folder is missing or nothing in it can be read
    ├── ModelError
    │   ├── ModelMissing        the embedding model is not where it was looked for
    │   ├── ModelAltered        its bytes are not the bytes that were measured
    │   └── EmbeddingError      it gave vectors that can't be used (NaN, zero, wrong size)
    ├── IndexUnusable
    │   ├── IndexMissing        there is no published version
    │   ├── IndexUnreadable     the system refuses to read it
    │   ├── IndexDamaged        a file is missing, cut short or altered
    │   ├── IndexMismatch       written by another format or embedded by another model
    │   └── VersionMissing      there is no version of that name, or none to go back to
    ├── IndexBusy               another process is writing the index (which, where, since when)
    ├── IndexUnwritable         the system refuses to write the index (disk full, read-only, not allowed)
    ├── VersionRefused          a new version lost too much to be served
    ├── PartnersError           the partner registry can't be used (file, line, what is wrong)
    ├── FeedbackUnwritable      what people think of replies can't be kept: the file is full, or not to be written
    ├── LineFull                more questions wait than can be answered soon
    ├── TooManyQuestions        a visitor asked more within a minute than one may
    ├── AskingFailed            we broke while answering
    ├── QuestionError           a question that can't be searched: empty, too long, without words
    ├── ConversationError       earlier turns that can't be used
    └── EvaluationError         labelled questions that can't be read
"""

from __future__ import annotations


class AssistantError(Exception):
    """Base of all of them: its text is fit to be shown to the person at the keyboard."""


class SettingError(AssistantError):
    """A setting has a value that can't be used."""


class DocumentError(AssistantError):
    """A source document can't be read.

    `file` is relative to the corpus folder, `line` counts from 1.
    """

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(f"{file}:{line}: {message}")
        self.file = file
        self.line = line
        self.message = message


class FileEncrypted(DocumentError):
    """A file needs a password to be read."""


class FileWithoutText(DocumentError):
    """A file holds no text: it is blank, or its pages are pictures."""


class FileDamaged(DocumentError):
    """The bytes of a file are not what its format says."""


class FileMisnamed(DocumentError):
    """A file is of another format than its name says."""


class FileTooLarge(DocumentError):
    """A file has too many bytes, entries, pages, cells or characters, packed or unpacked."""


class FileUnsafe(DocumentError):
    """A file is a link, or holds a path that leaves it, an entity, or files within files."""


class FileTooSlow(DocumentError):
    """Reading a file took more time or memory than one file gets."""


class CorpusError(AssistantError):
    """The corpus folder is missing, or nothing in it can be read."""


class ModelError(AssistantError):
    """The embedding model can't be used."""


class ModelMissing(ModelError):
    """The embedding model is not where it was looked for."""


class ModelAltered(ModelError):
    """The bytes of the embedding model are not the ones that were measured."""


class EmbeddingError(ModelError):
    """The embedding model gave vectors that can't be used."""


class IndexUnusable(AssistantError):
    """The index can't be used."""


class IndexMissing(IndexUnusable):
    """There is no published version of the index."""


class IndexUnreadable(IndexUnusable):
    """The system refuses to read the index."""


class IndexDamaged(IndexUnusable):
    """A file of the index is missing, cut short or altered."""


class IndexMismatch(IndexUnusable):
    """The index was written in another format or embedded by another model."""


class VersionMissing(IndexUnusable):
    """There is no version of that name, or none to go back to."""


class IndexBusy(AssistantError):
    """Another process is writing the index."""


class IndexUnwritable(AssistantError):
    """The system refuses to write the index."""


class VersionRefused(AssistantError):
    """A new version lost too much to be served: its text is the verdict."""


class PartnersError(AssistantError):
    """The partner registry can't be used; `line` counts from 1."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(f"{file}:{line}: {message}")


class FeedbackUnwritable(AssistantError):
    """What people think of replies can't be kept: the file is full, or the system refuses to write it."""


class LineFull(AssistantError):
    """More questions wait than can be answered soon."""


class TooManyQuestions(AssistantError):
    """A visitor asked more within a minute than one may: its text says when to try again."""


class AskingFailed(AssistantError):
    """We broke while answering: logged where it happened, without the question."""


class QuestionError(AssistantError):
    """A question that can't be searched."""


class ConversationError(AssistantError):
    """Earlier turns that can't be used."""


class EvaluationError(AssistantError):
    """Labelled questions that can't be read."""
