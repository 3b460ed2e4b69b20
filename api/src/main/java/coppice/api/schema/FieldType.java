package coppice.api.schema;

import java.util.List;
import java.util.Objects;

/// What a field holds. Where a field is not required it may also be absent or `null`, which is the same.
public sealed interface FieldType {
    /// A type without parts.
    enum Simple implements FieldType {
        /// Text.
        STRING,
        /// A number without a fraction: `3`, also written `3.0` or `3e2`.
        INTEGER,
        /// Any number. All digits are kept.
        NUMBER,
        /// `true` or `false`.
        BOOLEAN,
        /// Text: a moment by RFC 3339, such as `2026-11-20T18:30:00Z` or with an offset.
        TIMESTAMP,
        /// Text: a day, such as `2026-11-20`.
        DATE,
        /// Text: bytes in base64 with padding.
        BYTES,
        /// Text: a UUID in its usual form.
        UUID
    }

    /// A number with so many digits after the point, or fewer.
    record Decimal(int scale) implements FieldType {
        public Decimal {
            if (scale < 0 || scale > 1_000) {
                throw new IllegalArgumentException("A decimal has 0 to 1,000 digits after the point, not " + scale);
            }
        }
    }

    /// An array of items of one type, none of them `null`.
    record Array(FieldType items) implements FieldType {
        public Array {
            Objects.requireNonNull(items);
        }
    }

    /// An object with fields of its own.
    ///
    /// @param isClosed whether there may be no other members
    record Nested(List<Field> fields, boolean isClosed) implements FieldType {
        public Nested {
            fields = List.copyOf(fields);
        }
    }

    /// Text: the key of a document of another type, or of the same.
    record Reference(String type) implements FieldType {
        public Reference {
            Objects.requireNonNull(type);
        }
    }
}
