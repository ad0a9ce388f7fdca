<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
{% macro layer(one, name) %}
<layer class="{{ one.kind }}" enabled="1" locked="0" pass="0">
<Option type="Map">
{% for key, value in one.options.items() %}
<Option name="{{ key }}" type="QString" value="{{ value }}"/>
{% endfor %}
</Option>
{% if one.inner %}
<symbol name="{{ name }}" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
{{ layer(one.inner, name) }}
</symbol>
{% endif %}
</layer>
{% endmacro %}
<qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="{{ 1 if style.label else 0 }}">
<renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0">
<rules key="rules">
{% for rule in style.rules %}
<rule key="rule{{ loop.index0 }}" symbol="{{ loop.index0 }}" filter="{{ rule.filter }}" label="{{ rule.label }}"/>
{% endfor %}
</rules>
<symbols>
{% for rule in style.rules %}
<symbol name="{{ loop.index0 }}" type="{{ style.geometry }}" alpha="1" clip_to_extent="1" force_rhr="0">
{% for one in rule.symbols %}
{{ layer(one, "@%d@%d" % (loop.index0, loop.index0)) }}
{% endfor %}
</symbol>
{% endfor %}
</symbols>
</renderer-v2>
{% if style.label %}
<labeling type="simple">
<settings calloutType="simple">
<text-style fieldName="{{ style.label }}" fontSize="8" fontSizeUnit="Point" textColor="{{ text }}" isExpression="0">
<text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="{{ halo }}"/>
</text-style>
<placement placement="{{ style.placement }}" dist="1" distUnits="MM"/>
<rendering obstacle="0"/>
</settings>
</labeling>
{% endif %}
</qgis>
