package coppice.kernel.proof;

import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.CorruptException;

/// The bytes of a question in a proof; `docs/format/proof.md`. Each question has one encoding, and only that is read.
final class QuestionFormat {
    private static final int KEY = 1;
    private static final int RANGE = 2;
    private static final int OPEN_RANGE = 3;

    private QuestionFormat() {}

    static void encode(Question question, ByteWriter out) {
        switch (question) {
            case Question.OfKey ofKey -> out.u8(KEY).utf8(ofKey.space()).sized(ofKey.key());
            case Question.OfRange range -> {
                byte[] to = range.to();
                out.u8(to == null ? OPEN_RANGE : RANGE).utf8(range.space()).sized(range.from());
                if (to != null) {
                    out.sized(to);
                }
                out.varint(range.limit());
            }
        }
    }

    static Question decode(ByteReader in) {
        int form = in.u8();
        if (form < KEY || form > OPEN_RANGE) {
            throw in.corrupt("a question about a key (1) or a range (2 or 3)", "" + form);
        }
        String space = in.utf8();
        byte[] from = in.sized();
        byte[] to = form == RANGE ? in.sized() : null;
        long limit = form == KEY ? 1 : in.varint();
        try {
            return form == KEY
                    ? new Question.OfKey(space, from)
                    : new Question.OfRange(space, from, to, (int) Math.clamp(limit, 0L, Question.ROWS_MAX + 1L));
        } catch (IllegalArgumentException beyondLimits) {
            CorruptException corrupt = in.corrupt("a question within its limits", "" + beyondLimits.getMessage());
            corrupt.initCause(beyondLimits);
            throw corrupt;
        }
    }
}
