{ zeren (责任) for Delphi 2009 and later and Free Pascal 3 in Delphi mode. What goes in and comes out is JSON, as
  include/zeren.h says at each function, in UTF8String: the compiler converts to it and from it as it should, while
  AnsiString and RawByteString would pass on the code page of the machine. Free every object, in any order. }
unit Zeren;

{$IFDEF FPC}{$mode delphi}{$ENDIF}

interface

uses
  SysUtils;

const
  ZEREN_ABI = 0;
  ZEREN_OK = 0;
  ZEREN_CONFLICT = 12;

type
  { A call was refused; the state is as it was before. Json is the whole error: kind, status, findings. Message is for people,
    and on Free Pascal in the code page of the machine. }
  EZeren = class(Exception)
  public
    Status: Integer;
    Json: UTF8String;
  end;

  { The ledger has moved on: roll back, follow the new lines, then prepare again. }
  EZerenConflict = class(EZeren);

  { A batch that was checked and has not happened yet. Lines are to be stored, each ended by a line feed. }
  TZerenPrepared = class
  private
    FHandle: Pointer;
    FLines: UTF8String;
  public
    destructor Destroy; override;
    property Lines: UTF8String read FLines;
  end;

  { A scheme of an assessment. It never changes. }
  TZerenScheme = class
  private
    FHandle: Pointer;
  public
    constructor Create(const Document: UTF8String);
    destructor Destroy; override;
    function ReadBack: UTF8String;
    function Check: UTF8String;
    function Score(const Facts: UTF8String): UTF8String;
  end;

  { The state that a ledger leads to. }
  TZerenSystem = class
  private
    FHandle: Pointer;
  public
    constructor Create(const Ledger, Lines: UTF8String);
    destructor Destroy; override;
    function Prepare(const Request: UTF8String): TZerenPrepared;
    procedure Commit(Batch: TZerenPrepared);
    procedure Follow(const Lines: UTF8String);
    function View(const Query: UTF8String): UTF8String;
    function Head: UTF8String;
  end;

  { An assessment year: keeps what each scheme gave, for the schemes that include it. }
  TZerenYear = class
  private
    FHandle: Pointer;
  public
    constructor Create;
    destructor Destroy; override;
    function Assess(System: TZerenSystem; Scheme: TZerenScheme; const Query: UTF8String): UTF8String;
  end;

{ Raises unless the library that was loaded has the ABI of this unit. Call it first. }
procedure ZerenRequireAbi;
function ZerenVersion: UTF8String;
{ Checks the chain of stored lines and gives their head. }
function ZerenVerify(const Ledger, Lines: UTF8String): UTF8String;

implementation

const
  {$IFDEF MSWINDOWS}LIB = 'zeren.dll';{$ELSE}LIB = 'zeren';{$ENDIF}

type
  TText = record
    Data: PAnsiChar;
    Len: NativeUInt;
  end;

function zeren_abi_version: Integer; cdecl; external LIB;
function zeren_version(out Text: TText): Integer; cdecl; external LIB;
procedure zeren_text_free(var Text: TText); cdecl; external LIB;
function zeren_error_json(Error: Pointer; out Text: TText): Integer; cdecl; external LIB;
function zeren_error_message(Error: Pointer; out Text: TText): Integer; cdecl; external LIB;
procedure zeren_error_free(Error: Pointer); cdecl; external LIB;
function zeren_system_open(Ledger: PAnsiChar; LedgerLen: NativeUInt; Lines: PAnsiChar; LinesLen: NativeUInt;
  out System, Error: Pointer): Integer; cdecl; external LIB;
function zeren_system_prepare(System: Pointer; Request: PAnsiChar; Len: NativeUInt; out Prepared: Pointer;
  out Lines: TText; out Error: Pointer): Integer; cdecl; external LIB;
procedure zeren_prepared_free(Prepared: Pointer); cdecl; external LIB;
function zeren_system_commit(System, Prepared: Pointer; out Error: Pointer): Integer; cdecl; external LIB;
function zeren_system_follow(System: Pointer; Lines: PAnsiChar; Len: NativeUInt; out Error: Pointer): Integer; cdecl;
  external LIB;
function zeren_system_view(System: Pointer; Query: PAnsiChar; Len: NativeUInt; out Text: TText;
  out Error: Pointer): Integer; cdecl; external LIB;
procedure zeren_system_free(System: Pointer); cdecl; external LIB;
function zeren_ledger_verify(Ledger: PAnsiChar; LedgerLen: NativeUInt; Lines: PAnsiChar; LinesLen: NativeUInt;
  out Head: TText; out Error: Pointer): Integer; cdecl; external LIB;
function zeren_scheme_parse(Scheme: PAnsiChar; Len: NativeUInt; out Handle, Error: Pointer): Integer; cdecl; external LIB;
function zeren_scheme_read_back(Scheme: Pointer; out Text: TText; out Error: Pointer): Integer; cdecl; external LIB;
function zeren_scheme_check(Scheme: Pointer; out Text: TText; out Error: Pointer): Integer; cdecl; external LIB;
function zeren_scheme_score(Scheme: Pointer; Facts: PAnsiChar; Len: NativeUInt; out Sheet: TText;
  out Error: Pointer): Integer; cdecl; external LIB;
procedure zeren_scheme_free(Scheme: Pointer); cdecl; external LIB;
function zeren_year_new(out Year, Error: Pointer): Integer; cdecl; external LIB;
function zeren_year_assess(Year, System, Scheme: Pointer; Query: PAnsiChar; Len: NativeUInt; out Text: TText;
  out Error: Pointer): Integer; cdecl; external LIB;
procedure zeren_year_free(Year: Pointer); cdecl; external LIB;

function Take(var Text: TText): UTF8String;
begin
  SetLength(Result, Text.Len);
  if Text.Len > 0 then
    Move(Text.Data^, Result[1], Text.Len);
  zeren_text_free(Text);
end;

{ Raises what an error tells, unless the status is ZEREN_OK. }
procedure Demand(Status: Integer; Error: Pointer);
var
  Said: EZeren;
  Text: TText;
begin
  if Status = ZEREN_OK then
    Exit;
  if Status = ZEREN_CONFLICT then
    Said := EZerenConflict.Create('zeren')
  else
    Said := EZeren.Create('zeren');
  Said.Status := Status;
  if zeren_error_message(Error, Text) = ZEREN_OK then
    Said.Message := Take(Text);
  if zeren_error_json(Error, Text) = ZEREN_OK then
    Said.Json := Take(Text);
  zeren_error_free(Error);
  raise Said;
end;

procedure ZerenRequireAbi;
begin
  if zeren_abi_version <> ZEREN_ABI then
    raise Exception.CreateFmt('the zeren library has ABI %d, this unit needs %d', [zeren_abi_version, ZEREN_ABI]);
end;

function ZerenVersion: UTF8String;
var
  Text: TText;
begin
  Demand(zeren_version(Text), nil);
  Result := Take(Text);
end;

function ZerenVerify(const Ledger, Lines: UTF8String): UTF8String;
var
  Text: TText;
  Error: Pointer;
  Status: Integer;
begin
  Status := zeren_ledger_verify(PAnsiChar(Ledger), Length(Ledger), PAnsiChar(Lines), Length(Lines), Text, Error);
  Demand(Status, Error);
  Result := Take(Text);
end;

destructor TZerenPrepared.Destroy;
begin
  zeren_prepared_free(FHandle);
  inherited;
end;

constructor TZerenScheme.Create(const Document: UTF8String);
var
  Error: Pointer;
  Status: Integer;
begin
  Status := zeren_scheme_parse(PAnsiChar(Document), Length(Document), FHandle, Error);
  Demand(Status, Error);
end;

destructor TZerenScheme.Destroy;
begin
  zeren_scheme_free(FHandle);
  inherited;
end;

function TZerenScheme.ReadBack: UTF8String;
var
  Text: TText;
  Error: Pointer;
  Status: Integer;
begin
  Status := zeren_scheme_read_back(FHandle, Text, Error);
  Demand(Status, Error);
  Result := Take(Text);
end;

function TZerenScheme.Check: UTF8String;
var
  Text: TText;
  Error: Pointer;
  Status: Integer;
begin
  Status := zeren_scheme_check(FHandle, Text, Error);
  Demand(Status, Error);
  Result := Take(Text);
end;

function TZerenScheme.Score(const Facts: UTF8String): UTF8String;
var
  Text: TText;
  Error: Pointer;
  Status: Integer;
begin
  Status := zeren_scheme_score(FHandle, PAnsiChar(Facts), Length(Facts), Text, Error);
  Demand(Status, Error);
  Result := Take(Text);
end;

constructor TZerenSystem.Create(const Ledger, Lines: UTF8String);
var
  Error: Pointer;
  Status: Integer;
begin
  Status := zeren_system_open(PAnsiChar(Ledger), Length(Ledger), PAnsiChar(Lines), Length(Lines), FHandle, Error);
  Demand(Status, Error);
end;

destructor TZerenSystem.Destroy;
begin
  zeren_system_free(FHandle);
  inherited;
end;

function TZerenSystem.Prepare(const Request: UTF8String): TZerenPrepared;
var
  Lines: TText;
  Batch, Error: Pointer;
  Status: Integer;
begin
  Status := zeren_system_prepare(FHandle, PAnsiChar(Request), Length(Request), Batch, Lines, Error);
  Demand(Status, Error);
  Result := TZerenPrepared.Create;
  Result.FHandle := Batch;
  Result.FLines := Take(Lines);
end;

procedure TZerenSystem.Commit(Batch: TZerenPrepared);
var
  Error: Pointer;
  Status: Integer;
begin
  Status := zeren_system_commit(FHandle, Batch.FHandle, Error);
  Demand(Status, Error);
end;

procedure TZerenSystem.Follow(const Lines: UTF8String);
var
  Error: Pointer;
  Status: Integer;
begin
  Status := zeren_system_follow(FHandle, PAnsiChar(Lines), Length(Lines), Error);
  Demand(Status, Error);
end;

function TZerenSystem.View(const Query: UTF8String): UTF8String;
var
  Text: TText;
  Error: Pointer;
  Status: Integer;
begin
  Status := zeren_system_view(FHandle, PAnsiChar(Query), Length(Query), Text, Error);
  Demand(Status, Error);
  Result := Take(Text);
end;

function TZerenSystem.Head: UTF8String;
begin
  Result := View('{"view":"head","day":"2000-01-01"}');
end;

constructor TZerenYear.Create;
var
  Error: Pointer;
  Status: Integer;
begin
  Status := zeren_year_new(FHandle, Error);
  Demand(Status, Error);
end;

destructor TZerenYear.Destroy;
begin
  zeren_year_free(FHandle);
  inherited;
end;

function TZerenYear.Assess(System: TZerenSystem; Scheme: TZerenScheme; const Query: UTF8String): UTF8String;
var
  Text: TText;
  Error: Pointer;
  Status: Integer;
begin
  Status := zeren_year_assess(FHandle, System.FHandle, Scheme.FHandle, PAnsiChar(Query), Length(Query), Text, Error);
  Demand(Status, Error);
  Result := Take(Text);
end;

end.
