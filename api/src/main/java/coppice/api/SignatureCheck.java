package coppice.api;

import java.security.PublicKey;

/// What the signature of a commit or tag is worth.
public sealed interface SignatureCheck {
    /// It is signed by one of the trusted keys, and is what was signed.
    record Valid(PublicKey by) implements SignatureCheck {}

    /// It is what was signed, by a key that is not among the trusted ones.
    record Unknown(PublicKey by) implements SignatureCheck {}

    /// It is signed, but not what was signed, or the signature is of a kind that this version does not know.
    record Invalid(String why) implements SignatureCheck {}

    /// It is not signed.
    record Unsigned() implements SignatureCheck {}
}
