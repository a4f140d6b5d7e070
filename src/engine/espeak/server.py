# A worker of aloud's engine espeak: speaks what standard input asks for, one JSON object a line.
#
# Each utterance is spoken by a child process that is forked from this one after the voice is loaded.
# espeak-ng carries state from one utterance to the next (flutter, the last phoneme); a child starts with
# what every other child started with, so that the same words always give the same samples, and nothing is
# loaded twice. The library tells on which sample each word begins, which the program does not.
import ctypes
import ctypes.util
import json
import os
import signal
import sys

SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS
UTF8, END_PAUSE = 0x1, 0x1000  # espeakCHARS_UTF8, espeakENDPAUSE
RATE, PITCH = 1, 3  # espeakRATE, espeakPITCH
WORD = 1  # espeakEVENT_WORD
NO_LIBRARY = 4  # exit status


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


def speak(lib, request):
    sound, words = bytearray(), []

    def heard(samples, count, events):
        if samples and count > 0:
            sound.extend(ctypes.string_at(samples, count * 2))
        i = 0
        while events[i].type != 0:
            if events[i].type == WORD:
                words.append([events[i].text_position - 1, events[i].sample])
            i += 1
        return 0

    callback = Callback(heard)
    lib.espeak_SetSynthCallback(callback)
    lib.espeak_SetParameter(RATE, request["rate"], 0)
    lib.espeak_SetParameter(PITCH, request["pitch"], 0)
    text = request["text"].encode()
    if lib.espeak_Synth(text, len(text) + 1, 0, 1, 0, UTF8 | END_PAUSE, None, None) != 0:
        raise RuntimeError("espeak_Synth failed")
    head = json.dumps({"bytes": len(sound), "words": words}) + "\n"
    with os.fdopen(1, "wb", closefd=False) as out:
        out.write(head.encode() + sound)


def main():
    if not hasattr(os, "fork"):
        sys.exit(NO_LIBRARY)
    lib = library()
    # 1000 ms of sound at a time: fewer calls back into Python.
    rate = lib.espeak_Initialize(SYNCHRONOUS, 1000, None, 1 << 15)
    if rate <= 0:
        sys.stderr.write("libespeak-ng finds no data\n")
        sys.exit(NO_LIBRARY)
    sys.stdout.write(json.dumps({"sample_rate": rate}) + "\n")
    sys.stdout.flush()
    voice = None
    for line in sys.stdin.buffer:
        request = json.loads(line)
        if request["voice"] != voice:
            voice = request["voice"]
            if lib.espeak_SetVoiceByName(voice.encode()) != 0:
                sys.exit("no voice " + voice)
        child = os.fork()
        if child == 0:
            signal.alarm(request["seconds"])
            status = 1
            try:
                speak(lib, request)
                status = 0
            except BaseException as error:
                sys.stderr.write(str(error) + "\n")
            os._exit(status)
        _, status = os.waitpid(child, 0)
        if status != 0:
            sys.exit("the speaking process ended with status %d" % status)


main()
