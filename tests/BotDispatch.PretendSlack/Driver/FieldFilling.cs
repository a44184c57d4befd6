using System.Text.Json.Nodes;
using BotDispatch.PretendSlack.Checks;
using BotDispatch.PretendSlack.Delivery;
using BotDispatch.PretendSlack.State;

namespace BotDispatch.PretendSlack.Driver;

/// <summary>Fills in the fields of a dialog as somebody at a keyboard would.</summary>
internal sealed class FieldFilling(SlackStandIn slack, SlackUser user)
{
    static readonly AppAnswer Nothing = new("", null, null);

    public Task<AppAnswer> FillAsync(OpenView view, string blockId, string value)
    {
        var (_, element) = view.Element(blockId);
        if (FieldState.Key(element) is not ("value" or "selected_date" or "selected_time" or "selected_date_time")) throw new InvalidOperationException($"{blockId} is a {element.Word("type")}: pick in it");
        var most = (int?)element["max_length"] ?? Limits.Of("plain_text_input.max_length");
        return SetAsync(view, blockId, element, value.Length == 0 ? null : value[..Math.Min(value.Length, most)]);
    }

    public async Task<IReadOnlyList<string>> SearchAsync(OpenView view, string blockId, string typed) =>
        [.. (await OffersAsync(view, blockId, view.Element(blockId).Element, typed)).Select(Words)];

    public async Task<AppAnswer> PickAsync(OpenView view, string blockId, IReadOnlyList<string> labels)
    {
        var (_, element) = view.Element(blockId);
        var chosen = FieldState.IsMulti(element) ? Now(view, blockId, element) : [];
        foreach (var label in labels)
        {
            var option = await FindAsync(view, blockId, element, label);
            if (!chosen.Any(each => JsonNode.DeepEquals(each, option))) chosen.Add(option);
        }
        if (chosen.Count > ((int?)element["max_selected_items"] ?? int.MaxValue)) throw new InvalidOperationException($"{blockId} takes no more than {element["max_selected_items"]}");
        return await SetAsync(view, blockId, element, FieldState.IsMulti(element) ? new JsonArray([.. chosen]) : chosen[^1]);
    }

    public Task<AppAnswer> UnpickAsync(OpenView view, string blockId, string label)
    {
        var (_, element) = view.Element(blockId);
        var left = Now(view, blockId, element).Where(each => Words(each) != label).ToList();
        return SetAsync(view, blockId, element, FieldState.IsMulti(element) ? new JsonArray([.. left]) : null);
    }

    async Task<JsonNode> FindAsync(OpenView view, string blockId, JsonObject element, string label)
    {
        if (FieldState.Key(element) is not ("selected_option" or "selected_options")) return label;
        var offers = await OffersAsync(view, blockId, element, label);
        var found = offers.Find(each => Words(each) == label) ?? offers.Find(each => Words(each).StartsWith(label, StringComparison.Ordinal));
        return found?.DeepClone() ?? throw new InvalidOperationException($"{blockId} does not offer '{label}', but {string.Join(", ", offers.Select(Words))}");
    }

    /// <summary>What is offered: the select's own options, or what the app answers once enough is typed.</summary>
    async Task<List<JsonNode>> OffersAsync(OpenView view, string blockId, JsonObject element, string typed)
    {
        if (element.Word("type") is not ("external_select" or "multi_external_select")) return [.. ElementCheck.AllOptions(element)];
        if (typed.Length < ((int?)element["min_query_length"] ?? Limits.Of("external_select.min_query_length.default"))) return [];
        var answer = await slack.Courier.AskOptionsAsync(slack.Locked(() => Payloads.Suggestion(slack, user, view, blockId, element.Word("action_id")!, typed)));
        if (!user.WasAccepted(answer, $"options of {blockId}")) return [];
        var findings = new Findings();
        var offered = ElementCheck.AllOptions(answer.Json as JsonObject ?? []).ToList();
        if (answer.Json is not JsonObject made || (made["options"] is not JsonArray && made["option_groups"] is not JsonArray)) findings.Add("must hold options or option_groups", "");
        if (offered.Count > 0) new ElementCheck(findings).Options(new JsonArray([.. offered.Select(each => each.DeepClone())]), Limits.Of("external_select answer"), "/options", "external_select");
        if (!findings.Any) return offered;
        slack.Complain(user.Id, "dispatch_failed", $"options of {blockId}: {string.Join("; ", findings.All)}");
        return [];
    }

    async Task<AppAnswer> SetAsync(OpenView view, string blockId, JsonObject element, JsonNode? value)
    {
        var state = FieldState.With(element, value);
        slack.Locked(() => view[blockId, element.Word("action_id")!] = state);
        if (!TellsChanges(view, blockId)) return Nothing;
        return await user.DoAsync(() => Payloads.InView(slack, user, view, Payloads.Change(slack, blockId, element, state)), $"field {blockId}");
    }

    // In an input block only where it asks for it.
    static bool TellsChanges(OpenView view, string blockId) =>
        view.Blocks.First(each => each.Word("block_id") == blockId) is var block && (block.Word("type") != "input" || block.Flag("dispatch_action"));

    static List<JsonNode> Now(OpenView view, string blockId, JsonObject element) => [.. FieldState.Chosen(view[blockId, element.Word("action_id")!]).Select(each => each.DeepClone())];

    static string Words(JsonNode option) => option is JsonObject made ? made["text"].Word("text") ?? "" : option.ToString();
}
