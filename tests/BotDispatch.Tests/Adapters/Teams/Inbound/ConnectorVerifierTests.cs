using System.Text.Json.Nodes;

namespace BotDispatch.Tests.Adapters.Teams.Inbound;

/// <summary>Our verdicts on requests beside those of Microsoft's own botframework-connector: the same, except where we are right to be stricter.</summary>
public sealed class ConnectorVerifierTests
{
    [NodeFact("botframework-connector")]
    public async Task The_corpus_is_judged_by_us_as_by_the_connector_except_where_it_is_said_why_not()
    {
        await using var bench = await VerifierBench.StartAsync();
        var corpus = TokenCorpus.All(bench.Issuer);
        var verdicts = await ConnectorAsync(bench.Issuer, [.. corpus.Values]);
        foreach (var ((name, request), (accepts, because)) in corpus.Zip(verdicts))
        {
            accepts.ShouldBe(request.ConnectorAccepts, $"{name}: {because}");
            (await bench.CheckAsync(request)).Status.ShouldBe(request.Status, name);
        }
        // We take nothing that it refuses, but for the case of a host's name.
        corpus.Where(each => each.Value is { Status: 200, OtherwiseThan: not null }).Select(each => each.Key).ShouldBe(["spelled otherwise"]);
        corpus.Values.Count(each => each.OtherwiseThan is null).ShouldBeGreaterThan(30);
    }

    static async Task<List<(bool Accepts, string Because)>> ConnectorAsync(PretendIssuer issuer, TokenCase[] cases)
    {
        var lines = cases.Select(each => new JsonObject
        {
            ["now"] = issuer.Now,
            ["authorization"] = each.Authorization,
            ["activity"] = new JsonObject { ["type"] = "message", ["channelId"] = each.Channel, ["serviceUrl"] = each.ServiceUrl, ["conversation"] = new JsonObject { ["tenantId"] = each.Tenant } },
        }.ToJsonString());
        var verdicts = (await NodePackages.AskAsync("connector-verifier.mjs", [.. lines], issuer.Metadata.AbsoluteUri, PretendIssuer.App)).Select(line => JsonNode.Parse(line)!);
        return [.. verdicts.Select(verdict => ((bool)verdict["accepts"]!, (string)verdict["because"]!))];
    }
}
