package coppice.structure.codec;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.core.util.JsonGeneratorDelegate;

/// Refuses what would not come back as it was: numbers that JSON has no form for, and half characters.
final class Exactly extends JsonGeneratorDelegate {
    Exactly(JsonGenerator generator) {
        super(generator, false);
    }

    @Override
    public JsonGenerator writeNumber(double number) {
        check(Double.isFinite(number), number);
        return super.writeNumber(number);
    }

    @Override
    public JsonGenerator writeNumber(float number) {
        check(Float.isFinite(number), number);
        return super.writeNumber(number);
    }

    @Override
    public JsonGenerator writeArray(double[] numbers, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            check(Double.isFinite(numbers[i]), numbers[i]);
        }
        return super.writeArray(numbers, offset, length);
    }

    private void check(boolean isFinite, double number) {
        if (!isFinite) {
            throw new StreamWriteException(this, "JSON has no number " + number + ": use null or text in its place");
        }
    }

    @Override
    public JsonGenerator writeString(String text) {
        return super.writeString(check(text));
    }

    @Override
    public JsonGenerator writeString(char[] text, int offset, int length) {
        return writeString(new String(text, offset, length));
    }

    @Override
    public JsonGenerator writeName(String name) {
        return super.writeName(check(name));
    }

    private String check(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean isWhole = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!isWhole) {
                    throw new StreamWriteException(
                            this, "the text holds half a character (an unpaired surrogate) at " + i + ": mend it");
                }
                i++;
            }
        }
        return text;
    }
}
