using System.Collections.Immutable;
using System.Text.Json;
using BotDispatch.Core;
using BotDispatch.Storage;

namespace BotDispatch.Tests.Storage;

/// <summary>What is stored, as text.</summary>
internal static class StoredAs
{
    public static string Json(DispatchState state) => StoredJson.Write(state).ToString();

    public static string Json(DispatchPlan plan) => StoredJson.Write(plan).ToString();

    public static string Json(ImmutableArray<DispatchEvent> events) => StoredJson.Write(events).ToString();

    /// <summary>One event without an array, as rows held it until version 9 of the database.</summary>
    public static string Json(DispatchEvent happened) => JsonSerializer.Serialize(happened, StoredJson.Default.DispatchEvent);
}
