using System.Net;
using System.Text.RegularExpressions;
using BotDispatch.Core;

namespace BotDispatch.Voice.Routee;

/// <summary>Reads the meaning of a refusal by Routee.</summary>
internal static partial class ProviderError
{
    // Seen for SMS. The last six digits are the code "insufficient balance" of Routee's account module.
    const string BalanceCode = "001009";
    const int LongestRead = 500, LongestDetail = 160;

    /// <summary>Reads <c>code</c> (text or number), <c>developerMessage</c> and the optional <c>properties</c>.</summary>
    public static NotPlaced Read(RouteeResult.Answer refusal)
    {
        var body = refusal.ReadJson();
        var code = body?.Text("code") ?? "";
        var message = body?.Text("developerMessage") ?? body?.Text("message") ?? body?.Text("error") ?? "";
        message = message.Length > LongestRead ? message[..LongestRead] : message;
        var fields = body?.Field("properties") is { ValueKind: System.Text.Json.JsonValueKind.Object } properties
            ? properties.EnumerateObject().Select(field => field.Name).ToList()
            : [];

        if (refusal.Status is HttpStatusCode.PaymentRequired
            || code.EndsWith(BalanceCode, StringComparison.Ordinal)
            || Balance().IsMatch(message))
            return new NotPlaced.LineIsDown(LineDownReason.NoBalance);
        if (refusal.Status is HttpStatusCode.BadRequest
            && (fields.Any(field => OfRecipient().IsMatch(field)) || (BadNumber().IsMatch(message) && !OfCaller().IsMatch(message))))
            return new NotPlaced.NumberIsBad();
        var detail = $"Routee answered {(int)refusal.Status}"
            + (Code().IsMatch(code) ? $", code {code}" : "")
            + (message.Length > 0 ? ": " + Discreet(message) : "");
        return new NotPlaced.Refused(detail);
    }

    // A refusal may quote the order: phone numbers, and addresses that contain a token.
    static string Discreet(string message)
    {
        var kept = Secret().Replace(message, "…");
        return kept.Length > LongestDetail ? kept[..LongestDetail] : kept;
    }

    [GeneratedRegex(@"\b(balance|insufficient funds|credit)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Balance();

    [GeneratedRegex(@"^to(\b|\.|\[)|phone|recipient", RegexOptions.IgnoreCase)]
    private static partial Regex OfRecipient();

    [GeneratedRegex(@"\b(from|caller|sender|callback|url)\b", RegexOptions.IgnoreCase)]
    private static partial Regex OfCaller();

    [GeneratedRegex(
        @"\bto\.phone\b|\brecipient|(invalid|not valid|malformed|bad|wrong|not a).*\b(phone|number|destination)"
            + @"|\b(phone|number|destination)\b.*(invalid|not valid|malformed|E\.?164)", RegexOptions.IgnoreCase)]
    private static partial Regex BadNumber();

    [GeneratedRegex(@"\S*(://|[0-9a-zA-Z_-]{20,})\S*|\+?\d(?:[\s()-]?\d){4,}")]
    private static partial Regex Secret();

    [GeneratedRegex(@"^\d{9}$")]
    private static partial Regex Code();
}
