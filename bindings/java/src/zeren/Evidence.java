package zeren;

/**
 * What can be proven of a ledger: checkpoints, single lines, signatures, archive packages. What each proves: {@code
 * docs/evidence.md}. All answers are JSON text; {@code lines} are all that is stored, from the first.
 */
public final class Evidence {
    private Evidence() {}

    /** A checkpoint of the end of a ledger, to be kept, signed or posted where its owner cannot reach it. */
    public static String checkpoint(String ledger, Iterable<String> lines) {
        byte[] id = Text.bytes(ledger);
        byte[] all = Text.lines(lines);
        return Outcome.text((text, error) ->
                Native.zeren_ledger_checkpoint(id, id.length, all, all.length, text, error));
    }

    /**
     * Checks stored lines from the first, and against checkpoints that were kept elsewhere; {@code proven} is the last line that
     * one of them vouches for, or null.
     *
     * @throws ZerenException kind {@code integrity}; it says whether lines were changed, all was rewritten, or the tail cut off
     */
    public static String verifyAgainst(String ledger, Iterable<String> lines, Iterable<String> checkpoints) {
        byte[] id = Text.bytes(ledger);
        byte[] all = Text.lines(lines);
        byte[] kept = Text.bytes("[" + String.join(",", checkpoints) + "]");
        return Outcome.text((text, error) -> Native.zeren_ledger_verify_against(
                id, id.length, all, all.length, kept, kept.length, text, error));
    }

    /** Proves the line at a position against the checkpoint of the same end, without showing any other. */
    public static String inclusion(String ledger, Iterable<String> lines, long position) {
        if (position < 0) {
            throw new IllegalArgumentException("no line has the position " + position);
        }
        byte[] id = Text.bytes(ledger);
        byte[] all = Text.lines(lines);
        return Outcome.text((text, error) ->
                Native.zeren_ledger_inclusion(id, id.length, all, all.length, position, text, error));
    }

    /** Checks what {@link #inclusion} gave against a checkpoint that was kept elsewhere, and gives the line. */
    public static String verifyInclusion(String proof, String kept) {
        byte[] inclusion = Text.bytes(proof);
        byte[] checkpoint = Text.bytes(kept);
        return Outcome.text((text, error) -> Native.zeren_inclusion_verify(
                inclusion, inclusion.length, checkpoint, checkpoint.length, text, error));
    }

    /**
     * What a signer outside signs with SM2: {@code z} and {@code e}, e = SM3(Z‖M).
     *
     * @param query {@code key} (raw or SPKI) or {@code certificate}; {@code message} (text) or {@code content} (base64); {@code
     *     user_id} where it is not the usual one. The message for a letter is what the view {@code statement} gives.
     */
    public static String signatureDigest(String query) {
        byte[] bytes = Text.bytes(query);
        return Outcome.text((text, error) -> Native.zeren_signature_digest(bytes, bytes.length, text, error));
    }

    /**
     * Verifies an SM2 signature with SM3: {@code mathematics}, {@code chain}, {@code validity}, {@code revocation}, each {@code
     * holds}, {@code fails} or {@code not_checked}. A signature that does not fit is an answer, not an exception.
     *
     * @param query as for {@link #signatureDigest}, with {@code signature} (hexadecimal or base64, DER or r‖s) and where wanted
     *     {@code signed} (the day), {@code chain}, {@code revocation}
     * @throws ZerenException kind {@code unsupported} where the library was built without the feature {@code sign}
     */
    public static String verifySignature(String query) {
        byte[] bytes = Text.bytes(query);
        return Outcome.text((text, error) -> Native.zeren_signature_verify(bytes, bytes.length, text, error));
    }

    /** Checks an archive package, as {@link ResponsibilitySystem#archive} gave it, by itself. */
    public static String verifyArchive(String archive) {
        return verifyArchive(archive, "");
    }

    /** The same, and that its acts stand in the ledger of a checkpoint that was kept elsewhere. */
    public static String verifyArchive(String archive, String kept) {
        byte[] entries = Text.bytes(archive);
        byte[] checkpoint = Text.bytes(kept);
        return Outcome.text((text, error) -> Native.zeren_archive_verify(
                entries, entries.length, checkpoint, checkpoint.length, text, error));
    }
}
