# A worker of aloud's engine espeak: speaks what standard input asks for, one JSON object a line.
#
# espeak-ng carries state from one utterance to the next (flutter, the last phoneme), and the same words shall
# always give the same samples. So its variables are put back, before each utterance, to what they were when
# the voice had just been loaded. Where they cannot be found, or the library has taken much memory, each
# utterance is spoken by a child process, forked after the voice was loaded. The library tells on which sample
# each word begins, which the program does not.
import ctypes
import ctypes.util
import json
import mmap
import os
import signal
import sys

SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS
UTF8, END_PAUSE = 0x1, 0x1000  # espeakCHARS_UTF8, espeakENDPAUSE
RATE, PITCH = 1, 3  # espeakRATE, espeakPITCH
WORD = 1  # espeakEVENT_WORD
NO_LIBRARY = 4  # exit status
# What an utterance has allocated beyond its variables is forgotten with them: the dictionary of a second
# language, up to 8 MB. In kB, over what the process had at the start.
MOST_GROWTH = 96 << 10


class Name(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", Name),
    ]


Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(Event)
)


def library():
    names = ["libespeak-ng.so.1", "libespeak-ng.1.dylib", ctypes.util.find_library("espeak-ng")]
    for name in filter(None, names):
        try:
            return ctypes.CDLL(name)
        except OSError:
            pass
    sys.stderr.write("no library libespeak-ng\n")
    sys.exit(NO_LIBRARY)


def variables():
    """Address and length of each part of memory that holds the library's variables; none where nobody tells."""
    found, end = [], None
    try:
        with open("/proc/self/maps") as maps:
            for line in maps:
                place, access, _, _, _, *name = line.split()
                first, last = (int(number, 16) for number in place.split("-"))
                of_library = bool(name) and "libespeak-ng" in name[-1]
                # Variables without a first value follow those with one, and have no name.
                if access.startswith("rw") and (of_library or first == end and not name):
                    found.append((first, last - first))
                    end = last
                else:
                    end = None
    except (OSError, ValueError):
        return []
    return found


def memory():
    """What this process has in memory, in kB. Only asked where /proc has its variables."""
    # Not the most it ever had: the system begins that with what the process had that started this one.
    with open("/proc/self/statm") as pages:
        return int(pages.read().split()[1]) * mmap.PAGESIZE >> 10


class Speaker:
    """The library, and what its variables were before any voice and after each."""

    def __init__(self, lib):
        self.lib, self.libc = lib, ctypes.CDLL(None)
        self.sound, self.words = bytearray(), []
        self.callback = Callback(self.heard)
        lib.espeak_SetSynthCallback(self.callback)
        self.places = variables()
        self.before_voices = self.saved()
        self.voices = {}
        self.memory = memory() if self.places else 0

    def heard(self, samples, count, events):
        if samples and count > 0:
            self.sound += ctypes.string_at(samples, count * 2)
        i = 0
        while events[i].type != 0:
            if events[i].type == WORD:
                self.words.append([events[i].text_position - 1, events[i].sample])
            i += 1
        return 0

    def saved(self):
        return [(place, ctypes.string_at(place, length)) for place, length in self.places]

    def put_back(self, saved):
        for place, values in saved:
            ctypes.memmove(place, values, len(values))
        if saved:
            # Its noise is the C library's, which begins so.
            self.libc.srand(1)

    def load(self, voice):
        """Loads `voice` as the first one is loaded, or goes back to when it was."""
        if voice not in self.voices:
            self.put_back(self.before_voices)
            if self.lib.espeak_SetVoiceByName(voice.encode()) != 0:
                sys.exit("no voice " + voice)
            if self.places:
                # Silence takes the new voice out of the queue of commands, as the first sound would.
                self.synthesize(b"")
            else:
                # The one before it is gone.
                self.voices.clear()
            self.voices[voice] = self.saved()
        self.put_back(self.voices[voice])

    def synthesize(self, text):
        self.sound.clear()
        self.words.clear()
        if self.lib.espeak_Synth(text, len(text) + 1, 0, 1, 0, UTF8 | END_PAUSE, None, None) != 0:
            raise RuntimeError("espeak_Synth failed")

    def speak(self, request):
        """Sends the sound. The voice is loaded."""
        signal.alarm(request["seconds"])
        self.lib.espeak_SetParameter(RATE, request["rate"], 0)
        self.lib.espeak_SetParameter(PITCH, request["pitch"], 0)
        self.synthesize(request["text"].encode())
        head = json.dumps({"bytes": len(self.sound), "words": self.words}) + "\n"
        with os.fdopen(1, "wb", closefd=False) as out:
            out.write(head.encode() + self.sound)
        signal.alarm(0)

    def speak_in_a_child(self, request):
        child = os.fork()
        if child == 0:
            status = 1
            try:
                self.speak(request)
                status = 0
            except BaseException as error:
                sys.stderr.write(str(error) + "\n")
            os._exit(status)
        _, status = os.waitpid(child, 0)
        if status != 0:
            sys.exit("the speaking process ended with status %d" % status)

    def says_the_same_twice(self):
        """Whether putting the variables back is enough for this version of the library."""
        sounds = []
        for text in [b"One, two!", b"Are you there?", b"One, two!"]:
            self.load("en")
            self.synthesize(text)
            sounds.append(bytes(self.sound))
        return sounds[0] == sounds[2] != sounds[1]

    def serve(self):
        alone = bool(self.places) and self.says_the_same_twice()
        sys.stdout.write(json.dumps({"sample_rate": self.lib.espeak_ng_GetSampleRate()}) + "\n")
        sys.stdout.flush()
        for line in sys.stdin.buffer:
            request = json.loads(line)
            self.load(request["voice"])
            if alone and memory() - self.memory < MOST_GROWTH:
                self.speak(request)
            else:
                self.speak_in_a_child(request)


def main():
    if not hasattr(os, "fork"):
        sys.exit(NO_LIBRARY)
    lib = library()
    # 1000 ms of sound at a time: fewer calls back into Python.
    if lib.espeak_Initialize(SYNCHRONOUS, 1000, None, 1 << 15) <= 0:
        sys.stderr.write("libespeak-ng finds no data\n")
        sys.exit(NO_LIBRARY)
    Speaker(lib).serve()


main()
